"""Parts of the windows before the desk: sign-in, first start, calm screens for trouble."""
