"""What hosts, crawlers and finders of faults ask a site for: headers, robots, sitemap, security contact."""
