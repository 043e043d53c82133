"""The pack of journeys to permanence."""
