"""The ground floor: who is here, what they may do, what was done."""
