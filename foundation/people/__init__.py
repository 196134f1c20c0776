"""People: accounts of human beings and the posts they hold."""
