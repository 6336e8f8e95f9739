"""Measurements that anyone can repeat: accuracy on the project's own gold, speed beside a floor."""
