/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-transport.h"

G_DEFINE_INTERFACE (YjTransport, yj_transport, G_TYPE_OBJECT)

static void
yj_transport_default_init (YjTransportInterface *iface)
{
}

/**
 * yj_transport_play:
 * @self: a player of one clip or several
 *
 * Plays, from the beginning when it stands at the end.
 */
void
yj_transport_play (YjTransport *self)
{
  g_return_if_fail (YJ_IS_TRANSPORT (self));

  YJ_TRANSPORT_GET_IFACE (self)->play (self);
}

/**
 * yj_transport_pause:
 * @self: a player of one clip or several
 *
 * Pauses on the frame that is shown.
 */
void
yj_transport_pause (YjTransport *self)
{
  g_return_if_fail (YJ_IS_TRANSPORT (self));

  YJ_TRANSPORT_GET_IFACE (self)->pause (self);
}

/**
 * yj_transport_get_playing:
 * @self: a player of one clip or several
 *
 * Returns: whether it plays or will as soon as it can
 */
gboolean
yj_transport_get_playing (YjTransport *self)
{
  gboolean playing;

  g_return_val_if_fail (YJ_IS_TRANSPORT (self), FALSE);

  g_object_get (self, "playing", &playing, NULL);
  return playing;
}

/**
 * yj_transport_seek:
 * @self: a player of one clip or several
 * @position: ns
 *
 * Goes to the frame shown at @position, exactly.
 */
void
yj_transport_seek (YjTransport *self,
                   gint64       position)
{
  g_return_if_fail (YJ_IS_TRANSPORT (self));

  YJ_TRANSPORT_GET_IFACE (self)->seek (self, position);
}

/**
 * yj_transport_step:
 * @self: a player of one clip or several
 * @frames: how many forward, or back when negative
 *
 * Pauses, and goes that many frames on.
 */
void
yj_transport_step (YjTransport *self,
                   int          frames)
{
  g_return_if_fail (YJ_IS_TRANSPORT (self));

  YJ_TRANSPORT_GET_IFACE (self)->step (self, frames);
}

/**
 * yj_transport_set_range:
 * @self: a player of one clip or several
 * @from: ns, or -1
 * @to: ns, beyond @from, or -1
 *
 * Plays what lies between the two over and over; with neither, all again.
 */
void
yj_transport_set_range (YjTransport *self,
                        gint64       from,
                        gint64       to)
{
  g_return_if_fail (YJ_IS_TRANSPORT (self));

  YJ_TRANSPORT_GET_IFACE (self)->set_range (self, from, to);
}

/**
 * yj_transport_get_position:
 * @self: a player of one clip or several
 *
 * Returns: where it stands, ns
 */
gint64
yj_transport_get_position (YjTransport *self)
{
  g_return_val_if_fail (YJ_IS_TRANSPORT (self), 0);

  return YJ_TRANSPORT_GET_IFACE (self)->get_position (self);
}

/**
 * yj_transport_get_duration:
 * @self: a player of one clip or several
 *
 * Returns: ns, 0 until it is known
 */
gint64
yj_transport_get_duration (YjTransport *self)
{
  gint64 duration;

  g_return_val_if_fail (YJ_IS_TRANSPORT (self), 0);

  g_object_get (self, "duration", &duration, NULL);
  return duration;
}

/**
 * yj_transport_get_frame:
 * @self: a player of one clip or several
 *
 * Returns: the number of the frame that is shown, from 0; -1: there is none
 */
gint64
yj_transport_get_frame (YjTransport *self)
{
  g_return_val_if_fail (YJ_IS_TRANSPORT (self), -1);

  return YJ_TRANSPORT_GET_IFACE (self)->get_frame (self);
}

/**
 * yj_transport_get_last_frame:
 * @self: a player of one clip or several
 *
 * Returns: the number of the last frame; -1: there is none
 */
gint64
yj_transport_get_last_frame (YjTransport *self)
{
  g_return_val_if_fail (YJ_IS_TRANSPORT (self), -1);

  return YJ_TRANSPORT_GET_IFACE (self)->get_last_frame (self);
}

/**
 * yj_transport_get_frame_time:
 * @self: a player of one clip or several
 *
 * Returns: how long one frame is shown, ns; 0: not known
 */
gint64
yj_transport_get_frame_time (YjTransport *self)
{
  g_return_val_if_fail (YJ_IS_TRANSPORT (self), 0);

  return YJ_TRANSPORT_GET_IFACE (self)->get_frame_time (self);
}

/**
 * yj_transport_get_file:
 * @self: a player of one clip or several
 *
 * Returns: (transfer none) (nullable): of what the pictures along the bar are
 */
GFile *
yj_transport_get_file (YjTransport *self)
{
  g_return_val_if_fail (YJ_IS_TRANSPORT (self), NULL);

  return YJ_TRANSPORT_GET_IFACE (self)->get_file (self);
}
