/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-part-button"

#include "yj-part-button.h"

#include <glib/gi18n.h>

#include "yj-plainness.h"
#include "yj-player.h"

#define ALMOST (G_GINT64_CONSTANT (100) * 1000 * 1000)  /* ns before the end from which on there is nothing left to play */

struct _YjPartButton
{
  AdwBin     parent_instance;

  GtkButton *button;
  GFile     *file;
  YjPlayer  *player;            /* once it has played */
  gint64     start;             /* ns */
  gint64     length;            /* ns */
};

typedef enum
{
  SIGNAL_SHOWS,
  SIGNAL_FAILED,
  N_SIGNALS,
} YjPartButtonSignals;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjPartButton, yj_part_button, ADW_TYPE_BIN)

static void
show_state (YjPartButton *self)
{
  gboolean playing = yj_part_button_get_playing (self);

  gtk_button_set_icon_name (self->button, playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), playing ? _("Pause") : _("Play This Part"));
}

static void
position_cb (YjPartButton *self)
{
  if (yj_player_get_playing (self->player) && yj_player_get_position (self->player) >= self->start + self->length)
    yj_player_pause (self->player);
}

static void
tell_picture (YjPartButton *self)
{
  GdkPaintable *paintable = yj_player_get_paintable (self->player);
  gboolean ready;

  g_object_get (self->player, "ready", &ready, NULL);
  if (ready && paintable != NULL)
    g_signal_emit (self, signals[SIGNAL_SHOWS], 0, paintable);
}

static void
failed_cb (YjPartButton *self,
           GError       *error)
{
  show_state (self);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

static void
make_player (YjPartButton *self)
{
  self->player = yj_player_new ();
  g_object_set (self->player, "loop", FALSE, "plainness", yj_plainness_get (GTK_WIDGET (self)), NULL);
  g_signal_connect_object (self->player, "notify::position", G_CALLBACK (position_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "notify::playing", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "notify::ready", G_CALLBACK (tell_picture), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  yj_player_set_file (self->player, self->file);
}

static void
clicked_cb (YjPartButton *self)
{
  gint64 position;

  if (self->file == NULL)
    return;
  if (yj_part_button_get_playing (self))
    {
      yj_player_pause (self->player);
      return;
    }
  if (self->player == NULL)
    make_player (self);

  position = yj_player_get_position (self->player);
  if (position < self->start || position >= self->start + self->length - ALMOST)
    yj_player_seek (self->player, self->start);
  yj_player_play (self->player);
  tell_picture (self);
}

/* ---- type */
static void
yj_part_button_dispose (GObject *object)
{
  YjPartButton *self = YJ_PART_BUTTON (object);

  g_clear_object (&self->player);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (yj_part_button_parent_class)->dispose (object);
}

static void
yj_part_button_class_init (YjPartButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yj_part_button_dispose;

  /**
   * YjPartButton::shows:
   * @picture: what is shown while it plays
   */
  signals[SIGNAL_SHOWS] = g_signal_new ("shows", YJ_TYPE_PART_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                        GDK_TYPE_PAINTABLE);
  /**
   * YjPartButton::failed:
   * @error: why it cannot be played
   */
  signals[SIGNAL_FAILED] = g_signal_new ("failed", YJ_TYPE_PART_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                         G_TYPE_ERROR);
}

static void
yj_part_button_init (YjPartButton *self)
{
  self->button = GTK_BUTTON (gtk_button_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "circular");
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
  show_state (self);
}

/**
 * yj_part_button_set_file:
 * @self: a button
 * @file: (nullable): a clip or sound; it is opened only when it is to be played
 */
void
yj_part_button_set_file (YjPartButton *self,
                         GFile        *file)
{
  g_return_if_fail (YJ_IS_PART_BUTTON (self));
  g_return_if_fail (file == NULL || G_IS_FILE (file));

  g_set_object (&self->file, file);
  if (self->player != NULL)
    yj_player_set_file (self->player, file);
}

/**
 * yj_part_button_set_part:
 * @self: a button
 * @start: ns
 * @length: ns
 *
 * What is played; when it is another part than before, it falls silent.
 */
void
yj_part_button_set_part (YjPartButton *self,
                         gint64        start,
                         gint64        length)
{
  g_return_if_fail (YJ_IS_PART_BUTTON (self));

  if (start == self->start && length == self->length)
    return;

  self->start = start;
  self->length = length;
  yj_part_button_stop (self);
  if (self->player != NULL)
    yj_player_seek (self->player, start);
}

/**
 * yj_part_button_stop:
 * @self: a button
 */
void
yj_part_button_stop (YjPartButton *self)
{
  g_return_if_fail (YJ_IS_PART_BUTTON (self));

  if (yj_part_button_get_playing (self))
    yj_player_pause (self->player);
}

/**
 * yj_part_button_get_playing:
 * @self: a button
 *
 * Returns: whether it is heard
 */
gboolean
yj_part_button_get_playing (YjPartButton *self)
{
  g_return_val_if_fail (YJ_IS_PART_BUTTON (self), FALSE);

  return self->player != NULL && yj_player_get_playing (self->player);
}
