"""What accompanies the window: its commands, its presence line, and the exchange by the clock."""
