"""Who may see what: the person who has signed in, what each role may do, and which children a person may see."""
