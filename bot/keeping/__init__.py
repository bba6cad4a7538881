"""What keeps the house whole: daily copies, the heads of the trail outside, the trail taken away."""
