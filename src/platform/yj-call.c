/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-call.h"

#include "yj-refusal.h"
#include "yj-uri.h"

#include <gio/gnetworking.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * One call to the platform: a thread of its own that sends and reads in blocking steps, and a clock on the context
 * that started it, which hands on progress and ends what takes too long.
 *
 * Blocking, because libsoup's asynchronous upload goes through the main loop for every 8 KiB. A thread each, because
 * then a call reads from top to bottom, and what became of its request is known at every line: not started, started,
 * sent whole. Nothing is ever sent twice here.
 */

#define TICK_MS 100
#define CORK_MIN (256 * 1024)
#define STALL_RATE 1024         /* bytes per second */

typedef enum
{
  EXPIRED_NOT,
  EXPIRED_CONNECTING,
  EXPIRED_WAITING,
} Expired;

struct _YjCall
{
  GMainContext   *context;
  YjCallCost      cost;
  YjPatience      patience;
  YjProgressFunc  progress;
  gpointer        progress_data;
  YjCallFunc      work;
  YjCallFunc      done;
  gpointer        user_data;
  GCancellable   *outer;        /* the caller's */
  gulong          outer_id;
  int             inner_fd;     /* its descriptor, -1 when there is none */
  GCancellable   *inner;        /* cancelled by the caller's, by the clock, or by a request that wants to go twice */
  GSource        *clock;
  GSocket        *socket;       /* of the message being sent, the thread's own, as the next three */
  char           *outside_of;   /* host: unless it is local itself, nothing local may be reached; NULL: anything may */
  gboolean        led_inside;
  gboolean        distrusted;   /* the other side could not show that it is who it should be */

  GMutex          lock;         /* of all below */
  gboolean        sending;      /* a message is in libsoup's hands */
  gboolean        started;      /* its first byte may have left */
  gboolean        form;         /* its body is one */
  gint64          body_length;
  gint64          body_written;
  guint           refused_early;        /* status of a reply that made libsoup want to send once more */
  Expired         expired;
  gint64          born;         /* µs, as the next three */
  gint64          sent_at;
  gint64          last_byte_at;
  gint64          window_start;
  gint64          window_bytes;
  gint64          bytes;        /* both directions */
  gint64          moved;
  gint64          total;
  gint64          told;         /* moved, as last handed on */
};

static void
yj_call_free (YjCall *self)
{
  g_cancellable_disconnect (self->outer, self->outer_id);
  g_clear_object (&self->outer);
  if (self->inner_fd >= 0)
    g_cancellable_release_fd (self->inner);
  g_clear_object (&self->inner);
  g_main_context_unref (self->context);
  g_free (self->outside_of);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static void
tell_progress (YjCall *self)
{
  gint64 moved;
  gint64 total;

  g_mutex_lock (&self->lock);
  moved = self->moved;
  total = self->total;
  g_mutex_unlock (&self->lock);
  if (self->progress == NULL || moved == self->told || moved < 0)
    return;
  self->told = moved;
  self->progress (moved, total, self->progress_data);
}

static gboolean
is_over (gint64 since,
         gint64 now,
         guint  ms)
{
  return ms > 0 && since > 0 && now - since > (gint64) ms * 1000;
}

static Expired
check_clock (YjCall *self,
             gint64  now)
{
  if (self->sending && !self->started && is_over (self->sent_at, now, self->patience.connect))
    return EXPIRED_CONNECTING;
  if (self->sending && (is_over (self->last_byte_at, now, self->patience.silence)
                        || is_over (self->born, now, self->patience.total)))
    return EXPIRED_WAITING;
  if (self->sending && is_over (self->window_start, now, self->patience.stall))
    {
      if (self->bytes - self->window_bytes < (gint64) self->patience.stall * STALL_RATE / 1000)
        return EXPIRED_WAITING;
      self->window_start = now;
      self->window_bytes = self->bytes;
    }
  return EXPIRED_NOT;
}

static gboolean
clock_cb (gpointer user_data)
{
  YjCall *self = user_data;
  Expired expired;

  g_mutex_lock (&self->lock);
  expired = self->expired == EXPIRED_NOT ? check_clock (self, g_get_monotonic_time ()) : EXPIRED_NOT;
  if (expired != EXPIRED_NOT)
    self->expired = expired;
  g_mutex_unlock (&self->lock);
  if (expired != EXPIRED_NOT)
    g_cancellable_cancel (self->inner);
  tell_progress (self);
  return G_SOURCE_CONTINUE;
}

/* Often enough for a bar to move, else no oftener than the shortest limit needs. */
static guint
get_tick (YjCall *self)
{
  guint limits[] = { self->patience.connect, self->patience.silence, self->patience.stall, self->patience.total };
  guint tick = self->progress != NULL ? TICK_MS : 1000;

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    if (limits[i] > 0)
      tick = MIN (tick, MAX (limits[i] / 4, 10));
  return tick;
}

static gboolean
done_cb (gpointer user_data)
{
  YjCall *self = user_data;

  g_source_destroy (self->clock);
  g_clear_pointer (&self->clock, g_source_unref);
  tell_progress (self);
  self->done (self, self->user_data);
  yj_call_free (self);
  return G_SOURCE_REMOVE;
}

static gpointer
thread_func (gpointer user_data)
{
  YjCall *self = user_data;
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(GMainContext) caller = g_main_context_ref (self->context);
  g_autoptr(GSource) source = g_idle_source_new ();

  g_main_context_push_thread_default (context);
  self->work (self, self->user_data);
  g_main_context_pop_thread_default (context);

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, done_cb, self, NULL);
  g_source_attach (source, caller);
  return NULL;
}

static void
outer_cancelled_cb (GCancellable *outer,
                    GCancellable *inner)
{
  g_cancellable_cancel (inner);
}

/**
 * yj_call_start:
 * @cost: what a repetition would cost
 * @patience: how long things may take
 * @cancellable: (nullable): the caller's
 * @progress: (nullable): told of bytes moved, on the caller's context
 * @progress_data: data for @progress
 * @work: what to do, on a thread of the call's own with its own main context
 * @done: called on the caller's context when @work has returned; the call is freed after it
 * @user_data: data for @work and @done
 *
 * Starts a call. Always calls @done, once, and never before this function returned.
 */
void
yj_call_start (YjCallCost         cost,
               const YjPatience  *patience,
               GCancellable      *cancellable,
               YjProgressFunc     progress,
               gpointer           progress_data,
               YjCallFunc         work,
               YjCallFunc         done,
               gpointer           user_data)
{
  YjCall *self = g_new0 (YjCall, 1);

  g_mutex_init (&self->lock);
  self->context = g_main_context_ref_thread_default ();
  self->cost = cost;
  self->patience = *patience;
  self->progress = progress;
  self->progress_data = progress_data;
  self->work = work;
  self->done = done;
  self->user_data = user_data;
  self->born = g_get_monotonic_time ();
  self->moved = -1;
  self->told = -1;
  self->inner = g_cancellable_new ();
  /* Held for the whole call: otherwise each wait on a socket makes and closes a descriptor. */
  self->inner_fd = g_cancellable_get_fd (self->inner);
  if (cancellable != NULL)
    {
      self->outer = g_object_ref (cancellable);
      self->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (outer_cancelled_cb), self->inner, NULL);
    }
  self->clock = g_timeout_source_new (get_tick (self));
  g_source_set_callback (self->clock, clock_cb, self, NULL);
  g_source_attach (self->clock, self->context);
  g_thread_unref (g_thread_new ("yj-call", thread_func, self));
}

/**
 * yj_call_stay_outside:
 * @self: a call, on its thread
 * @host: (nullable): the platform's host
 *
 * Lets the next requests fail with %YJ_ERROR_PROTOCOL if they lead to an address of this machine or its network while
 * @host has none there; %NULL: lets them go anywhere.
 */
void
yj_call_stay_outside (YjCall     *self,
                      const char *host)
{
  g_set_str (&self->outside_of, host);
}

/* Says how far it has come; @total -1: unknown. */
void
yj_call_set_progress (YjCall *self,
                      gint64  moved,
                      gint64  total)
{
  g_mutex_lock (&self->lock);
  self->moved = moved;
  self->total = total;
  g_mutex_unlock (&self->lock);
}

/* Waits between two tries; FALSE when cancelled, or when the last one failed for what does not pass. */
gboolean
yj_call_sleep (YjCall *self,
               guint   ms)
{
  GPollFD fd;
  gboolean quiet = TRUE;

  if (self->distrusted)
    return FALSE;
  g_mutex_lock (&self->lock);
  self->sending = FALSE;
  g_mutex_unlock (&self->lock);
  if (!g_cancellable_make_pollfd (self->inner, &fd))
    return FALSE;
  if (!g_cancellable_is_cancelled (self->inner))
    quiet = g_poll (&fd, 1, ms) == 0;
  g_cancellable_release_fd (self->inner);
  return quiet && !g_cancellable_is_cancelled (self->inner);
}

static void
note_bytes (YjCall *self,
            gint64  count)
{
  g_mutex_lock (&self->lock);
  self->last_byte_at = g_get_monotonic_time ();
  self->bytes += count;
  g_mutex_unlock (&self->lock);
}

/* Whether a connection is about to be made to this machine or its network, though the platform is outside of it. */
static gboolean
leads_inside (YjCall    *self,
              GIOStream *connection)
{
  g_autoptr(GSocketAddress) address = g_socket_connection_get_remote_address (G_SOCKET_CONNECTION (connection), NULL);
  g_autoptr(GResolver) resolver = NULL;
  g_autolist(GInetAddress) own = NULL;

  if (!G_IS_INET_SOCKET_ADDRESS (address) || G_IS_PROXY_ADDRESS (address)
      || !yj_uri_is_local_address (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address))))
    return FALSE;
  resolver = g_resolver_get_default ();
  own = g_resolver_lookup_by_name (resolver, self->outside_of, self->inner, NULL);
  for (GList *l = own; l != NULL; l = l->next)
    if (yj_uri_is_local_address (l->data))
      return FALSE;
  return TRUE;
}

static void
network_event_cb (SoupMessage        *message,
                  GSocketClientEvent  event,
                  GIOStream          *connection,
                  YjCall             *self)
{
  if (event == G_SOCKET_CLIENT_CONNECTING && self->outside_of != NULL && leads_inside (self, connection))
    {
      self->led_inside = TRUE;
      g_cancellable_cancel (self->inner);
    }
  else if (event == G_SOCKET_CLIENT_CONNECTED && G_IS_SOCKET_CONNECTION (connection))
    g_set_object (&self->socket, g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection)));
}

/* libsoup writes a body 8 KiB at a time and has each sent at once; that wakes the other side far too often. */
static void
set_corked (YjCall   *self,
            gboolean  corked)
{
  if (self->socket != NULL && self->body_length >= CORK_MIN)
    g_socket_set_option (self->socket, IPPROTO_TCP, TCP_CORK, corked, NULL);
}

static void
wrote_headers_cb (SoupMessage *message,
                  YjCall      *self)
{
  set_corked (self, TRUE);
}

static void
wrote_body_cb (SoupMessage *message,
               YjCall      *self)
{
  set_corked (self, FALSE);
}

static void
starting_cb (SoupMessage *message,
             YjCall      *self)
{
  g_mutex_lock (&self->lock);
  self->started = TRUE;
  self->last_byte_at = g_get_monotonic_time ();
  self->window_start = self->last_byte_at;
  self->window_bytes = self->bytes;
  g_mutex_unlock (&self->lock);
}

static void
wrote_body_data_cb (SoupMessage *message,
                    guint        count,
                    YjCall      *self)
{
  g_mutex_lock (&self->lock);
  self->body_written += count;
  self->bytes += count;
  self->last_byte_at = g_get_monotonic_time ();
  if (self->progress != NULL)
    {
      self->moved = self->body_written;
      self->total = self->body_length;
    }
  g_mutex_unlock (&self->lock);
}

/* libsoup sends once more after a 421, whatever the method, and without the body. */
static void
got_headers_cb (SoupMessage *message,
                YjCall      *self)
{
  note_bytes (self, 1);
  if (soup_message_get_status (message) != SOUP_STATUS_MISDIRECTED_REQUEST)
    return;
  g_mutex_lock (&self->lock);
  self->refused_early = SOUP_STATUS_MISDIRECTED_REQUEST;
  g_mutex_unlock (&self->lock);
  g_cancellable_cancel (self->inner);
}

static void
restarted_cb (SoupMessage *message,
              YjCall      *self)
{
  if (self->cost != YJ_CALL_FREE)
    g_cancellable_cancel (self->inner);
}

/* Whether a request that broke off can have been taken. The platform's server ends a form that it cannot read on in
   silence, and goes on with the fields that it has by then; JSON that is not whole is none. */
static gboolean
may_be_accepted (YjCall *self)
{
  return self->started && (self->body_written >= self->body_length || (self->form && self->body_written > 0));
}

/* What a broken connection means, by how far the request had come and what it costs. Our own words are kept as they are
 * and translated where they are shown, which may be in another language than that of today. */
static GError *
new_failure (YjCall       *self,
             const GError *cause)
{
  gboolean left = self->started;
  gboolean taken = may_be_accepted (self);
  const char *why = cause->message;
  YjError code;

  self->distrusted = g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
  if (self->led_inside)
    return g_error_new_literal (YJ_ERROR, YJ_ERROR_PROTOCOL, "The address leads into the local network");
  if (self->refused_early != 0)
    return yj_refusal_new (self->refused_early, NULL, 0);
  if (self->expired != EXPIRED_NOT)
    why = self->expired == EXPIRED_CONNECTING ? N_("The platform could not be reached in time") : N_("The platform did not answer in time");
  if (g_cancellable_is_cancelled (self->outer))
    return g_error_new_literal (YJ_ERROR, taken && self->cost == YJ_CALL_PAID ? YJ_ERROR_AMBIGUOUS : YJ_ERROR_CANCELLED,
                                taken && self->cost == YJ_CALL_PAID ? N_("It was stopped after it had been sent") : "Cancelled");
  if (left && self->cost != YJ_CALL_FREE && self->body_written < self->body_length)
    why = self->expired != EXPIRED_NOT ? N_("The upload came to a standstill") : N_("The platform ended the upload before it was complete");
  if (!left || (self->cost != YJ_CALL_FREE && !taken))
    code = YJ_ERROR_UNSENT;
  else
    code = self->cost == YJ_CALL_PAID ? YJ_ERROR_AMBIGUOUS : YJ_ERROR_CUT;
  return g_error_new_literal (YJ_ERROR, code, why);
}

/* Errors of files that are sent stay what they are; @error is replaced by what it means. */
static void
explain (YjCall  *self,
         GError **error,
         GError  *cause)
{
  if (cause->domain == YJ_ERROR)
    {
      g_propagate_error (error, cause);
      return;
    }
  g_mutex_lock (&self->lock);
  g_propagate_error (error, new_failure (self, cause));
  self->sending = FALSE;
  g_mutex_unlock (&self->lock);
  g_error_free (cause);
}

/**
 * yj_call_send:
 * @self: a call, on its thread
 * @session: what sends
 * @message: what to send; a body stream must have been given its length
 * @error: return location for an error
 *
 * Sends a request and waits for the head of the reply. A redirect is a reply like any other, and no request is ever
 * sent a second time, other than a GET by libsoup when a kept connection turns out to be dead.
 *
 * Returns: (transfer full): the body of the reply, or %NULL with %YJ_ERROR_UNSENT when nothing can have been accepted,
 *   %YJ_ERROR_AMBIGUOUS when a paid request may have been, %YJ_ERROR_CUT otherwise, %YJ_ERROR_CANCELLED
 */
GInputStream *
yj_call_send (YjCall       *self,
              SoupSession  *session,
              SoupMessage  *message,
              GError      **error)
{
  GError *cause = NULL;
  GInputStream *body;

  g_mutex_lock (&self->lock);
  self->sending = TRUE;
  self->started = FALSE;
  self->sent_at = g_get_monotonic_time ();
  self->last_byte_at = 0;
  self->window_start = 0;
  self->body_written = 0;
  self->form = g_strcmp0 (soup_message_headers_get_content_type (soup_message_get_request_headers (message), NULL),
                          SOUP_FORM_MIME_TYPE_MULTIPART) == 0;
  self->body_length = soup_message_headers_get_content_length (soup_message_get_request_headers (message));
  g_mutex_unlock (&self->lock);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  /* Disabled, not removed from the session: without one libsoup keeps all of a 401's body in memory. */
  soup_message_disable_feature (message, SOUP_TYPE_AUTH_MANAGER);
  soup_message_set_force_http1 (message, TRUE);
  g_signal_connect (message, "network-event", G_CALLBACK (network_event_cb), self);
  g_signal_connect (message, "wrote-headers", G_CALLBACK (wrote_headers_cb), self);
  g_signal_connect (message, "wrote-body", G_CALLBACK (wrote_body_cb), self);
  g_signal_connect (message, "starting", G_CALLBACK (starting_cb), self);
  g_signal_connect (message, "wrote-body-data", G_CALLBACK (wrote_body_data_cb), self);
  g_signal_connect (message, "got-headers", G_CALLBACK (got_headers_cb), self);
  g_signal_connect (message, "restarted", G_CALLBACK (restarted_cb), self);

  body = soup_session_send (session, message, self->inner, &cause);
  g_signal_handlers_disconnect_by_data (message, self);
  g_clear_object (&self->socket);
  soup_message_headers_remove (soup_message_get_request_headers (message), "Authorization");
  if (body == NULL)
    explain (self, error, cause);
  else
    note_bytes (self, 0);
  return body;
}

/**
 * yj_call_read:
 * @self: a call, on its thread
 * @body: a reply's body
 * @buffer: where bytes go
 * @size: at most so many
 * @error: return location for an error
 *
 * Returns: how many bytes came, 0 at the end, -1 with an error as of yj_call_send()
 */
gssize
yj_call_read (YjCall        *self,
              GInputStream  *body,
              void          *buffer,
              gsize          size,
              GError       **error)
{
  GError *cause = NULL;
  gssize n = g_input_stream_read (body, buffer, size, self->inner, &cause);

  if (n < 0)
    explain (self, error, cause);
  else
    note_bytes (self, n);
  return n;
}

/* Returns: what a repetition would cost */
YjCallCost
yj_call_get_cost (YjCall *self)
{
  return self->cost;
}
