"""What the formats share: files of other people opened safely, and read part by part."""
