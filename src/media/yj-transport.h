/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What controls of a player act on: one clip, or several in step. Who implements it has these properties with notify:
   "playing", "ready", "loop", "muted" (boolean), "position", "duration", "range-from", "range-to" (int64, ns), "rate",
   "volume" (double), all as #YjPlayer has them. */
#define YJ_TYPE_TRANSPORT (yj_transport_get_type ())
G_DECLARE_INTERFACE (YjTransport, yj_transport, YJ, TRANSPORT, GObject)

struct _YjTransportInterface
{
  GTypeInterface parent_iface;

  void    (*play)           (YjTransport *self);
  void    (*pause)          (YjTransport *self);
  void    (*seek)           (YjTransport *self,
                             gint64       position);
  void    (*step)           (YjTransport *self,
                             int          frames);
  void    (*set_range)      (YjTransport *self,
                             gint64       from,
                             gint64       to);
  gint64  (*get_position)   (YjTransport *self);
  gint64  (*get_frame)      (YjTransport *self);
  gint64  (*get_last_frame) (YjTransport *self);
  gint64  (*get_frame_time) (YjTransport *self);
  GFile * (*get_file)       (YjTransport *self);
};

void     yj_transport_play           (YjTransport *self);
void     yj_transport_pause          (YjTransport *self);
gboolean yj_transport_get_playing    (YjTransport *self);
void     yj_transport_seek           (YjTransport *self,
                                      gint64       position);
void     yj_transport_step           (YjTransport *self,
                                      int          frames);
void     yj_transport_set_range      (YjTransport *self,
                                      gint64       from,
                                      gint64       to);
gint64   yj_transport_get_position   (YjTransport *self);
gint64   yj_transport_get_duration   (YjTransport *self);
gint64   yj_transport_get_frame      (YjTransport *self);
gint64   yj_transport_get_last_frame (YjTransport *self);
gint64   yj_transport_get_frame_time (YjTransport *self);
GFile   *yj_transport_get_file       (YjTransport *self);

G_END_DECLS
