"""The offline form as data: what is asked, said in every language, and rules that a script computes a score with."""
