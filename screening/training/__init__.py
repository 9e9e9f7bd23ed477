"""Making the weights: labelled pairs, estimates without labels, regression, calibration; the product never imports it."""
