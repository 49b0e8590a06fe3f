#define _GNU_SOURCE
#include "addressed_datagrams.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

_Static_assert(sizeof(((struct cl_route *)0)->sender) >= sizeof(struct sockaddr_in6), "room for both families");
_Static_assert(sizeof(((struct cl_route *)0)->control) >= CMSG_SPACE(sizeof(struct in6_pktinfo)), "room for both");

ssize_t cl_datagram_receive(int socket, void *bytes, size_t room, struct cl_route *route) {
  _Alignas(struct cmsghdr) char control[256];
  struct iovec piece = {.iov_base = bytes, .iov_len = room};
  struct msghdr message = {.msg_name = route->sender, .msg_namelen = sizeof route->sender, .msg_iov = &piece,
                           .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  ssize_t count = recvmsg(socket, &message, MSG_DONTWAIT);
  if (count < 0) return -errno;
  if (message.msg_flags & MSG_TRUNC) return -EMSGSIZE;
  route->sender_length = message.msg_namelen;
  route->control_length = 0;
  _Alignas(struct cmsghdr) char answer[sizeof route->control];
  memset(answer, 0, sizeof answer);
  for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header != NULL; header = CMSG_NXTHDR(&message, header)) {
    struct cmsghdr *out = (struct cmsghdr *)answer;
    if (header->cmsg_level == IPPROTO_IP && header->cmsg_type == IP_PKTINFO) {
      struct in_pktinfo wanted;
      memcpy(&wanted, CMSG_DATA(header), sizeof wanted);
      // The answer's source is the query's destination; the interface is found by the route (ip(7)).
      struct in_pktinfo source = {.ipi_spec_dst = wanted.ipi_addr};
      *out = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof source), .cmsg_level = IPPROTO_IP, .cmsg_type = IP_PKTINFO};
      memcpy(CMSG_DATA(out), &source, sizeof source);
      route->control_length = CMSG_SPACE(sizeof source);
    } else if (header->cmsg_level == IPPROTO_IPV6 && header->cmsg_type == IPV6_PKTINFO) {
      struct in6_pktinfo source;
      memcpy(&source, CMSG_DATA(header), sizeof source);
      *out = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof source), .cmsg_level = IPPROTO_IPV6, .cmsg_type = IPV6_PKTINFO};
      memcpy(CMSG_DATA(out), &source, sizeof source);
      route->control_length = CMSG_SPACE(sizeof source);
    }
  }
  memcpy(route->control, answer, sizeof answer);
  return count;
}

int cl_datagram_reply(int socket, const void *bytes, size_t count, const struct cl_route *route) {
  _Alignas(struct cmsghdr) char control[sizeof route->control];
  memcpy(control, route->control, sizeof control);
  struct iovec piece = {.iov_base = (void *)bytes, .iov_len = count};
  struct msghdr message = {.msg_name = (void *)route->sender, .msg_namelen = route->sender_length, .msg_iov = &piece,
                           .msg_iovlen = 1, .msg_control = route->control_length ? control : NULL,
                           .msg_controllen = route->control_length};
  return sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL) < 0 ? -errno : 0;
}
