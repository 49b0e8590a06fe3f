#pragma once

/// Brings the loopback interface of this network namespace up.
int cl_loopback_up(void);
/// Adds `local default dev lo` to the table `local` of `family` (AF_INET or AF_INET6): every address is this host.
int cl_route_everything_to_loopback(int family);
