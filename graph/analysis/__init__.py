"""What is read out of the graph: timelines, relations, profiles, disagreements."""
