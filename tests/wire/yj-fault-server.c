/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-fault-server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct _YjFaultServer
{
  int        listener;
  char      *url;
  GThread   *thread;
  GPtrArray *connections;       /* of GThread, the accepting thread's own */
  GMutex     lock;              /* of all below */
  GCond      resumed;
  guint      permits;           /* to go on, not yet used */
  GArray    *sockets;           /* open ones */
  GQueue     script;            /* of YjFaultReply */
  GPtrArray *requests;          /* of YjFaultRequest */
  guint      n_connections;
};

typedef struct
{
  YjFaultServer *server;
  int            fd;
} Connection;

static void
reply_free (YjFaultReply *reply)
{
  g_free ((char *) reply->status);
  g_free ((char *) reply->headers);
  g_free ((char *) reply->body);
  g_free ((char *) reply->raw);
  g_free (reply);
}

static void
request_free (YjFaultRequest *request)
{
  g_free (request->head);
  g_free (request->method);
  g_free (request->target);
  g_bytes_unref (request->body);
  g_free (request);
}

/* FALSE when the client has gone. */
static gboolean
send_all (int         fd,
          const char *data,
          gsize       length,
          guint       split)
{
  while (length > 0)
    {
      gssize n = send (fd, data, split > 0 ? MIN (split, length) : length, MSG_NOSIGNAL);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      data += n;
      length -= n;
    }
  return TRUE;
}

/* Waits; FALSE as soon as the client has gone. */
static gboolean
client_stays (int   fd,
              guint ms)
{
  struct pollfd poll_fd = { fd, POLLIN, 0 };

  return poll (&poll_fd, 1, ms) == 0;
}

static void
send_body (int                 fd,
           const YjFaultReply *reply,
           gsize               length)
{
  gboolean there = TRUE;

  do
    {
      if (reply->framing == YJ_FAULT_CHUNKED && length > 0)
        {
          /* One chunk for each write, so that both kinds of joints move. */
          gsize step = reply->split > 0 ? reply->split : length;

          for (gsize at = 0; at < length && there; at += step)
            {
              gsize n = MIN (step, length - at);
              g_autofree char *size = g_strdup_printf ("%zx\r\n", n);

              there = send_all (fd, size, strlen (size), 0) && send_all (fd, reply->body + at, n, 0)
                      && send_all (fd, "\r\n", 2, 0);
            }
        }
      else
        there = send_all (fd, reply->body, length, reply->split);
    }
  while (reply->endless && there && (reply->drip == 0 || client_stays (fd, reply->drip)));
  if (reply->framing == YJ_FAULT_CHUNKED && !reply->open_chunks && there)
    send_all (fd, "0\r\n\r\n", 5, 0);
}

static void
answer (int                 fd,
        const YjFaultReply *reply)
{
  g_autoptr(GString) head = g_string_new (NULL);
  gsize length = reply->length > 0 ? (gsize) reply->length : reply->body != NULL ? strlen (reply->body) : 0;

  if (reply->raw != NULL)
    {
      send_all (fd, reply->raw, strlen (reply->raw), reply->split);
      return;
    }
  g_string_append_printf (head, "HTTP/1.1 %s\r\n", reply->status != NULL ? reply->status : "200 OK");
  if (reply->headers != NULL)
    g_string_append (head, reply->headers);
  if (reply->framing == YJ_FAULT_CHUNKED)
    g_string_append (head, "Transfer-Encoding: chunked\r\n");
  else if (reply->framing == YJ_FAULT_LENGTH)
    g_string_append_printf (head, "Content-Length: %" G_GINT64_FORMAT "\r\n",
                            reply->announce > 0 ? reply->announce : (gint64) length);
  g_string_append (head, reply->end == YJ_FAULT_KEEP ? "\r\n" : "Connection: close\r\n\r\n");
  if (send_all (fd, head->str, head->len, 0))
    send_body (fd, reply, length);
}

/* Reads more of a request; FALSE at its end. */
static gboolean
read_more (int      fd,
           GString *into,
           gint64   limit)
{
  char buffer[64 * 1024];
  gsize want = limit > 0 ? MIN (sizeof buffer, (gsize) (limit - (gint64) into->len)) : sizeof buffer;
  gssize n;

  if (want == 0)
    return FALSE;
  do
    n = recv (fd, buffer, want, 0);
  while (n < 0 && errno == EINTR);
  if (n > 0)
    g_string_append_len (into, buffer, n);
  return n > 0;
}

static YjFaultRequest *
new_request (const GString *text,
             gsize          head_length)
{
  YjFaultRequest *request = g_new0 (YjFaultRequest, 1);
  g_auto(GStrv) words = NULL;

  request->head = g_strndup (text->str, head_length);
  words = g_strsplit_set (request->head, " \r", 3);
  request->method = g_strdup (words[0] != NULL ? words[0] : "");
  request->target = g_strdup (words[0] != NULL && words[1] != NULL ? words[1] : "");
  request->body = g_bytes_new (text->str + head_length, text->len - head_length);
  return request;
}

/* Reads a request (as much of it as the script wants) and keeps it; FALSE when the client sent none. */
static gboolean
take_request (Connection   *self,
              YjFaultReply *reply)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const char *blank = NULL;
  gint64 length = 0;
  gsize head = 0;

  while (blank == NULL && read_more (self->fd, text, reply->take))
    {
      blank = strstr (text->str, "\r\n\r\n");
      if (blank != NULL)
        head = blank + 4 - text->str;
    }
  if (text->len == 0)
    return FALSE;
  if (head > 0)
    {
      g_autofree char *lower = g_ascii_strdown (text->str, head);
      const char *field = strstr (lower, "\r\ncontent-length:");

      length = field != NULL ? g_ascii_strtoll (field + strlen ("\r\ncontent-length:"), NULL, 10) : 0;
    }
  if (reply->pause_after_head)
    {
      g_mutex_lock (&self->server->lock);
      while (self->server->permits == 0)
        g_cond_wait (&self->server->resumed, &self->server->lock);
      self->server->permits--;
      g_mutex_unlock (&self->server->lock);
    }
  while (head > 0 && (gint64) (text->len - head) < length && read_more (self->fd, text, reply->take))
    ;
  g_mutex_lock (&self->server->lock);
  g_ptr_array_add (self->server->requests, new_request (text, head > 0 ? head : text->len));
  g_mutex_unlock (&self->server->lock);
  return TRUE;
}

/* Until the client closes, or the server is freed. */
static void
wait_for_client (int fd)
{
  char byte;

  while (recv (fd, &byte, 1, 0) > 0)
    ;
}

static YjFaultReply *
next_reply (YjFaultServer *self)
{
  static const YjFaultReply unscripted = { .status = "599 Not in the script" };
  YjFaultReply *reply;

  g_mutex_lock (&self->lock);
  reply = g_queue_pop_head (&self->script);
  g_mutex_unlock (&self->lock);
  return reply != NULL ? reply : g_memdup2 (&unscripted, sizeof unscripted);
}

static void
finish (Connection *self,
        YjFaultEnd  end)
{
  struct linger linger = { 1, 0 };

  g_mutex_lock (&self->server->lock);
  for (guint i = 0; i < self->server->sockets->len; i++)
    if (g_array_index (self->server->sockets, int, i) == self->fd)
      {
        g_array_remove_index_fast (self->server->sockets, i);
        break;
      }
  g_mutex_unlock (&self->server->lock);
  if (end == YJ_FAULT_RESET)
    setsockopt (self->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  else
    shutdown (self->fd, SHUT_WR);
  close (self->fd);
}

static gpointer
connection_func (gpointer user_data)
{
  Connection *self = user_data;
  YjFaultEnd end = YJ_FAULT_KEEP;

  while (end == YJ_FAULT_KEEP)
    {
      char byte;
      YjFaultReply *reply;

      /* A connection that brings no request takes nothing from the script. */
      if (recv (self->fd, &byte, 1, MSG_PEEK) <= 0)
        break;
      reply = next_reply (self->server);
      end = reply->end;
      if (take_request (self, reply) && reply->take == 0)
        answer (self->fd, reply);
      if (end == YJ_FAULT_HOLD)
        wait_for_client (self->fd);
      if (g_strcmp0 (reply->status, "599 Not in the script") == 0)
        {
          end = YJ_FAULT_CLOSE;
          g_free (reply);
        }
      else
        reply_free (reply);
    }
  finish (self, end);
  g_free (self);
  return NULL;
}

static gpointer
server_func (gpointer user_data)
{
  YjFaultServer *self = user_data;
  int fd;

  while ((fd = accept (self->listener, NULL, NULL)) >= 0)
    {
      Connection *connection = g_new0 (Connection, 1);
      int one = 1;

      setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
      connection->server = self;
      connection->fd = fd;
      g_mutex_lock (&self->lock);
      g_array_append_val (self->sockets, fd);
      self->n_connections++;
      g_mutex_unlock (&self->lock);
      g_ptr_array_add (self->connections, g_thread_new ("fault-connection", connection_func, connection));
    }
  return NULL;
}

YjFaultServer *
yj_fault_server_new (void)
{
  YjFaultServer *self = g_new0 (YjFaultServer, 1);
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t size = sizeof address;
  int buffer = 64 * 1024;

  g_mutex_init (&self->lock);
  g_cond_init (&self->resumed);
  g_queue_init (&self->script);
  self->sockets = g_array_new (FALSE, FALSE, sizeof (int));
  self->connections = g_ptr_array_new ();
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) request_free);
  self->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (self->listener, >=, 0);
  /* So that a client cannot push megabytes into a server that does not read. */
  setsockopt (self->listener, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
  g_assert_cmpint (bind (self->listener, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (self->listener, 16), ==, 0);
  g_assert_cmpint (getsockname (self->listener, (struct sockaddr *) &address, &size), ==, 0);
  self->url = g_strdup_printf ("http://127.0.0.1:%d", ntohs (address.sin_port));
  self->thread = g_thread_new ("fault-server", server_func, self);
  return self;
}

void
yj_fault_server_free (YjFaultServer *self)
{
  shutdown (self->listener, SHUT_RDWR);
  g_thread_join (self->thread);
  close (self->listener);
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->sockets->len; i++)
    shutdown (g_array_index (self->sockets, int, i), SHUT_RDWR);
  g_mutex_unlock (&self->lock);
  for (guint i = 0; i < self->connections->len; i++)
    g_thread_join (g_ptr_array_index (self->connections, i));
  g_ptr_array_unref (self->connections);
  g_array_unref (self->sockets);
  g_ptr_array_unref (self->requests);
  g_queue_clear_full (&self->script, (GDestroyNotify) reply_free);
  g_cond_clear (&self->resumed);
  g_mutex_clear (&self->lock);
  g_free (self->url);
  g_free (self);
}

const char *
yj_fault_server_get_url (YjFaultServer *self)
{
  return self->url;
}

void
yj_fault_server_script (YjFaultServer      *self,
                        const YjFaultReply *reply)
{
  YjFaultReply *copy = g_memdup2 (reply, sizeof *reply);

  copy->status = g_strdup (reply->status);
  copy->headers = g_strdup (reply->headers);
  copy->raw = g_strdup (reply->raw);
  copy->body = reply->length > 0 ? g_memdup2 (reply->body, reply->length) : g_strdup (reply->body);
  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->script, copy);
  g_mutex_unlock (&self->lock);
}

void
yj_fault_server_resume (YjFaultServer *self)
{
  g_mutex_lock (&self->lock);
  self->permits++;
  g_cond_broadcast (&self->resumed);
  g_mutex_unlock (&self->lock);
}

guint
yj_fault_server_count (YjFaultServer *self)
{
  guint count;

  g_mutex_lock (&self->lock);
  count = self->requests->len;
  g_mutex_unlock (&self->lock);
  return count;
}

guint
yj_fault_server_count_connections (YjFaultServer *self)
{
  guint count;

  g_mutex_lock (&self->lock);
  count = self->n_connections;
  g_mutex_unlock (&self->lock);
  return count;
}

const YjFaultRequest *
yj_fault_server_get_request (YjFaultServer *self,
                             guint          index)
{
  const YjFaultRequest *request;

  g_mutex_lock (&self->lock);
  g_assert_cmpuint (index, <, self->requests->len);
  request = g_ptr_array_index (self->requests, index);
  g_mutex_unlock (&self->lock);
  return request;
}

char *
yj_fault_request_dup_header (const YjFaultRequest *request,
                             const char           *name)
{
  g_auto(GStrv) lines = g_strsplit (request->head, "\r\n", -1);
  gsize length = strlen (name);

  for (int i = 1; lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':')
      return g_strstrip (g_strdup (lines[i] + length + 1));
  return NULL;
}
