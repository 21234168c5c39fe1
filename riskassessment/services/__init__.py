"""The only writers of activities, assessments and contributions."""
