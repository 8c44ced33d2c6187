/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "yj-sandbox-fault.h"

G_BEGIN_DECLS

/* Gives the next bytes of a body; NULL at the end, or NULL and in @due the monotonic time (µs) when to ask again. */
typedef GBytes *(*YjSandboxSource) (gpointer  user_data,
                                    gint64   *due);

/* Send the answer to @message, with all that @faults asks for: late, slow, cut, stalled, of a wrong length. */
void yj_sandbox_reply_text   (SoupServerMessage *message,
                              YjSandboxFaults   *faults,
                              guint              status,
                              const char        *content_type,
                              const char        *body);
/* Answers Range, If-Range and HEAD. */
void yj_sandbox_reply_file   (SoupServerMessage *message,
                              YjSandboxFaults   *faults,
                              const char        *path,
                              const char        *content_type);
void yj_sandbox_reply_stream (SoupServerMessage *message,
                              YjSandboxFaults   *faults,
                              const char        *content_type,
                              YjSandboxSource    source,
                              gpointer           user_data,
                              GDestroyNotify     destroy);
/* Closes the connection under the message. */
void yj_sandbox_reply_cut    (SoupServerMessage *message);

G_END_DECLS
