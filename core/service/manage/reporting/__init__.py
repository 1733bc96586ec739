"""填报：periods for which places report their figures, the form, and the steps to a snapshot."""
