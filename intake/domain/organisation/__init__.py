"""Who may do what, with which key: the roster, how its versions follow each other, and the rights they give."""
