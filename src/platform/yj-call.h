/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-error.h"
#include "yj-platform.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _YjCall YjCall;

/* On the call's own thread, then on the context that started it. */
typedef void (*YjCallFunc) (YjCall   *call,
                            gpointer  user_data);

/* How long each thing may take, in ms; 0: for ever. */
typedef struct
{
  guint connect;                /* until the request starts to be sent */
  guint silence;                /* without a byte in either direction */
  guint stall;                  /* with less than 1 KiB/s in it */
  guint total;
} YjPatience;

/**
 * YjCallCost:
 * @YJ_CALL_FREE: can be asked again
 * @YJ_CALL_CHAT: paid, but what is lost is seen to be lost
 * @YJ_CALL_PAID: paid for, and answered by an id that is all there is to show for it
 */
typedef enum
{
  YJ_CALL_FREE,
  YJ_CALL_CHAT,
  YJ_CALL_PAID,
} YjCallCost;

void           yj_call_start          (YjCallCost         cost,
                                       const YjPatience  *patience,
                                       GCancellable      *cancellable,
                                       YjProgressFunc     progress,
                                       gpointer           progress_data,
                                       YjCallFunc         work,
                                       YjCallFunc         done,
                                       gpointer           user_data);
GInputStream  *yj_call_send           (YjCall            *self,
                                       SoupSession       *session,
                                       SoupMessage       *message,
                                       GError           **error);
gssize         yj_call_read           (YjCall            *self,
                                       GInputStream      *body,
                                       void              *buffer,
                                       gsize              size,
                                       GError           **error);
gboolean       yj_call_read_all       (YjCall            *self,
                                       GInputStream      *body,
                                       gsize              limit,
                                       GString           *into,
                                       GError           **error);
gboolean       yj_call_sleep          (YjCall            *self,
                                       guint              ms);
void           yj_call_set_progress   (YjCall            *self,
                                       gint64             moved,
                                       gint64             total);
void           yj_call_stay_outside   (YjCall            *self,
                                       const char        *host);
YjCallCost     yj_call_get_cost       (YjCall            *self);
GError        *yj_call_new_refusal    (YjCall            *self,
                                       SoupMessage       *message,
                                       GInputStream      *body);

G_END_DECLS
