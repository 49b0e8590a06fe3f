#define _GNU_SOURCE
#include "netlink.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct request {
  struct nlmsghdr header;
  union {
    struct ifinfomsg link;
    struct rtmsg route;
  } body;
  char attributes[64];
};

/// Sends one request and gives the kernel's acknowledgement: 0 or a negative errno.
static int transact(struct request *request) {
  int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  if (fd < 0) return -errno;
  struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
  int result = 0;
  if (sendto(fd, request, request->header.nlmsg_len, 0, (struct sockaddr *)&kernel, sizeof kernel) < 0) result = -errno;
  if (result == 0) {
    struct {
      struct nlmsghdr header;
      struct nlmsgerr error;
      char echo[256];
    } answer;
    ssize_t count = recv(fd, &answer, sizeof answer, 0);
    if (count < 0)
      result = -errno;
    else if ((size_t)count < sizeof answer.header + sizeof answer.error.error || answer.header.nlmsg_type != NLMSG_ERROR)
      result = -EPROTO;
    else
      result = answer.error.error;
  }
  close(fd);
  return result;
}

int cl_loopback_up(void) {
  unsigned index = if_nametoindex("lo");
  if (index == 0) return -errno;
  struct request request;
  memset(&request, 0, sizeof request);
  request.header.nlmsg_len = NLMSG_LENGTH(sizeof request.body.link);
  request.header.nlmsg_type = RTM_NEWLINK;
  request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
  request.body.link.ifi_family = AF_UNSPEC;
  request.body.link.ifi_index = (int)index;
  request.body.link.ifi_flags = IFF_UP;
  request.body.link.ifi_change = IFF_UP;
  return transact(&request);
}

int cl_route_everything_to_loopback(int family) {
  unsigned index = if_nametoindex("lo");
  if (index == 0) return -errno;
  struct request request;
  memset(&request, 0, sizeof request);
  request.header.nlmsg_type = RTM_NEWROUTE;
  request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE;
  request.body.route.rtm_family = (unsigned char)family;
  request.body.route.rtm_table = RT_TABLE_LOCAL;
  request.body.route.rtm_protocol = RTPROT_BOOT;
  request.body.route.rtm_scope = RT_SCOPE_HOST;
  request.body.route.rtm_type = RTN_LOCAL;
  size_t offset = NLMSG_ALIGN(NLMSG_LENGTH(sizeof request.body.route));
  struct rtattr *attribute = (struct rtattr *)((char *)&request + offset);
  attribute->rta_type = RTA_OIF;
  attribute->rta_len = RTA_LENGTH(sizeof index);
  memcpy(RTA_DATA(attribute), &index, sizeof index);
  request.header.nlmsg_len = (unsigned)(offset + RTA_ALIGN(attribute->rta_len));
  return transact(&request);
}
