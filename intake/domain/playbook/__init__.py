"""The content that asks and judges: questions, answers, rules, and what follows from them."""
