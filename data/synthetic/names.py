"""Names for invented people. Letters and a number follow every surname: the family's, or a worker's team's. So none is a real person's."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


BOYS = _words(
    "Aaron Adam Aiden Alfie Amir Archie Arjun Ben Caleb Callum Connor Daniel David Dylan Eli Ethan Finley Freddie "
    "George Hamza Harley Harvey Hassan Ibrahim Isaac Jack Jacob Jamal Jayden Joel Joshua Kai Kieran Leo Levi Liam "
    "Logan Lucas Malachi Mason Michael Mohammed Nathan Noah Oliver Omar Oscar Reuben Riley Ryan Samuel Sebastian "
    "Theo Thomas Tyler Yusuf Zachary Zain"
)
GIRLS = _words(
    "Aaliyah Abigail Aisha Alice Amelia Amina Amy Anya Ava Bella Charlotte Chloe Daisy Darcey Eleanor Ella Ellie "
    "Emily Esme Eva Evie Fatima Freya Gabriella Georgia Grace Hannah Harriet Holly Imogen Isla Jasmine Jessica "
    "Kayla Keira Lacey Layla Leah Lily Lola Lucy Maisie Maryam Maya Megan Mia Molly Naomi Niamh Olivia Phoebe Poppy "
    "Rosie Ruby Safiya Scarlett Skye Sophie Zara"
)
FORENAMES = (BOYS, GIRLS)
SURNAMES = _words(
    "Abara Ackerley Adeyemi Aldous Alderson Allgood Appleyard Ashworth Atherton Bagshaw Bamford Banerjee "
    "Barrowclough Beckwith Begum Bickerton Birtles Blackledge Bolton Bradshaw Brereton Broadhurst Caddick "
    "Carmichael Chaudhry Cheetham Clegg Collier Cowgill Crabtree Crossley Daley Dearden Dhillon Dobbs Duckworth "
    "Eastham Eccles Entwistle Fairhurst Farrow Fenwick Fielding Fletcher Forrester Gadsby Garside Gill Greenhalgh "
    "Grimshaw Hainsworth Halliwell Hardcastle Haworth Heaton Hebblethwaite Holloway Horrocks Hussain Iqbal Jagger "
    "Kaczmarek Kaur Kershaw Khumalo Lightfoot Longbottom Lomax Mbeki Mistry Murgatroyd Nowak Nuttall Oakes Okafor "
    "Oldroyd Ollerton Ormerod Osei Patterdale Peel Pickles Popescu Quayle Ramsbottom Rawnsley Redfern Rigby "
    "Rothwell Sackville Sagar Scholes Shackleton Shufflebottom Sidebottom Singleton Stainthorpe Sutcliffe Tariq "
    "Tattersall Thackeray Threlfall Tunnicliffe Uddin Unsworth Varley Wadsworth Walmsley Whitaker Winterbottom "
    "Wrigley Yates"
)
AREAS = _words(
    "Ashdown Birchmere Calderbrook Dunmoor Eastlea Fernhurst Grantley Harrowby Inglewood Jesmere Kingsmoor Lindale "
    "Marlowe Netherby Oakmere Penhale Quarnford Ravensby Silverlea Thornbury Underhill Vexley Westmoor Yarrowdale"
)
