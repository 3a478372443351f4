"""What screens are made of. Widgets draw values of `console.view` and decide nothing."""
