"""Delivery: middleware, cache policy, stored files, the Redis cache, throttling, health checks and error pages."""
