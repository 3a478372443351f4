"""What the pages are made of: each a small element with its script beside it. They show values of
`console.view` and report what a person did; they sort, filter and word nothing."""
