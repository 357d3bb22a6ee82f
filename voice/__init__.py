"""The product: voices and how they are captured, what people decide about them, and its pages."""
