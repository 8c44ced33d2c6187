/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-hover-play"

#include "yj-hover-play.h"

#include "yj-plainness.h"
#include "yj-player.h"

#define DWELL 250               /* ms */

struct _YjHoverPlay
{
  GObject        parent_instance;

  YjGalleryGrid *grid;          /* borrowed: it holds us */
  YjPlayer      *player;        /* NULL until something is played */
  YjJob         *wanted;        /* on which it rests; NULL: nothing */
  YjJob         *shown;         /* whose card shows the player */
  guint          dwell_id;
  gboolean       enabled;
  gboolean       inside;        /* the pointer is */
  double         x, y;
};

G_DEFINE_FINAL_TYPE (YjHoverPlay, yj_hover_play, G_TYPE_OBJECT)

static void
stop (YjHoverPlay *self)
{
  YjJobCard *card = self->shown != NULL ? yj_gallery_grid_find_card (self->grid, self->shown) : NULL;

  g_clear_handle_id (&self->dwell_id, g_source_remove);
  if (card != NULL)
    yj_job_card_set_video (card, NULL);
  g_clear_object (&self->shown);
  if (self->player != NULL && yj_player_get_file (self->player) != NULL)
    yj_player_set_file (self->player, NULL);
}

/* The poster stays until there is a frame. */
static void
ready_cb (YjHoverPlay *self)
{
  YjJobCard *card = self->wanted != NULL ? yj_gallery_grid_find_card (self->grid, self->wanted) : NULL;
  gboolean ready;

  g_object_get (self->player, "ready", &ready, NULL);
  if (!ready || card == NULL || yj_player_get_file (self->player) == NULL)
    return;

  g_set_object (&self->shown, self->wanted);
  yj_job_card_set_video (card, yj_player_get_paintable (self->player));
}

static gboolean
may_play (YjHoverPlay *self)
{
  gboolean animations;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self->grid)), "gtk-enable-animations", &animations, NULL);
  return self->enabled && animations && gtk_widget_get_mapped (GTK_WIDGET (self->grid));
}

static gboolean
dwell_cb (gpointer user_data)
{
  YjHoverPlay *self = user_data;
  YjJobCard *card = self->wanted != NULL ? yj_gallery_grid_find_card (self->grid, self->wanted) : NULL;

  self->dwell_id = 0;
  if (card == NULL || yj_job_card_is_busy (card) || !may_play (self))
    return G_SOURCE_REMOVE;

  if (self->player == NULL)
    {
      self->player = yj_player_new ();
      g_object_set (self->player, "muted", TRUE, "loop", TRUE, NULL);
      g_signal_connect_object (self->player, "notify::ready", G_CALLBACK (ready_cb), self, G_CONNECT_SWAPPED);
    }
  g_object_set (self->player, "plainness", yj_plainness_get (GTK_WIDGET (self->grid)), NULL);
  yj_player_set_file (self->player, yj_job_get_file (self->wanted));
  yj_player_play (self->player);
  return G_SOURCE_REMOVE;
}

/* Begins to wait anew for as long as it takes to rest there. */
static void
want (YjHoverPlay *self,
      YjJob       *job)
{
  if (job != NULL && (yj_job_get_state (job) != YJ_JOB_READY || yj_job_get_file (job) == NULL))
    job = NULL;
  if (self->wanted == job)
    return;

  stop (self);
  g_set_object (&self->wanted, job);
  if (job != NULL && may_play (self))
    self->dwell_id = g_timeout_add (DWELL, dwell_cb, self);
}

/* What the pointer is on; where it is on nothing, the card that the keyboard has come to. */
static void
look (YjHoverPlay *self)
{
  YjJobCard *card = self->inside ? yj_gallery_grid_pick_card (self->grid, self->x, self->y) : NULL;
  YjJob *cursor = yj_gallery_grid_get_cursor (self->grid);

  if (card == NULL && cursor != NULL)
    {
      card = yj_gallery_grid_find_card (self->grid, cursor);
      if (card != NULL && (!gtk_widget_has_visible_focus (GTK_WIDGET (card))))
        card = NULL;
    }
  want (self, card != NULL ? yj_job_card_get_job (card) : NULL);
}

static void
motion_cb (YjHoverPlay *self,
           double       x,
           double       y)
{
  self->inside = TRUE;
  self->x = x;
  self->y = y;
  look (self);
}

static void
leave_cb (YjHoverPlay *self)
{
  self->inside = FALSE;
  look (self);
}

static void
focus_cb (YjHoverPlay *self)
{
  look (self);
}

/* Nothing plays while the cards move; who rests on one afterwards rests on it anew. */
static void
scrolled_cb (YjHoverPlay *self)
{
  want (self, NULL);
  look (self);
}

static void
adjustment_cb (YjHoverPlay *self)
{
  g_autoptr(GtkAdjustment) adjustment = NULL;

  g_object_get (self->grid, "vadjustment", &adjustment, NULL);
  if (adjustment != NULL)
    g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
}

static void
unmap_cb (YjHoverPlay *self)
{
  self->inside = FALSE;
  want (self, NULL);
}

static void
yj_hover_play_dispose (GObject *object)
{
  YjHoverPlay *self = YJ_HOVER_PLAY (object);

  g_clear_handle_id (&self->dwell_id, g_source_remove);
  g_clear_object (&self->wanted);
  g_clear_object (&self->shown);
  g_clear_object (&self->player);

  G_OBJECT_CLASS (yj_hover_play_parent_class)->dispose (object);
}

static void
yj_hover_play_class_init (YjHoverPlayClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yj_hover_play_dispose;
}

static void
yj_hover_play_init (YjHoverPlay *self)
{
}

/**
 * yj_hover_play_new:
 * @grid: the cards, which has to live longer
 *
 * Returns: (transfer full): what looks where pointer and focus rest; not enabled yet
 */
YjHoverPlay *
yj_hover_play_new (YjGalleryGrid *grid)
{
  YjHoverPlay *self;
  GtkEventController *motion, *focus;

  g_return_val_if_fail (YJ_IS_GALLERY_GRID (grid), NULL);

  self = g_object_new (YJ_TYPE_HOVER_PLAY, NULL);
  self->grid = grid;
  motion = gtk_event_controller_motion_new ();
  g_signal_connect_object (motion, "enter", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (grid), motion);
  focus = gtk_event_controller_focus_new ();
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (grid), focus);
  g_signal_connect_object (grid, "cursor-changed", G_CALLBACK (focus_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (grid, "unmap", G_CALLBACK (unmap_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (grid, "notify::vadjustment", G_CALLBACK (adjustment_cb), self, G_CONNECT_SWAPPED);
  adjustment_cb (self);

  return self;
}

/**
 * yj_hover_play_set_enabled:
 * @self: a preview
 * @enabled: whether the person wants it; reduced motion is looked at in any case
 */
void
yj_hover_play_set_enabled (YjHoverPlay *self,
                           gboolean     enabled)
{
  g_return_if_fail (YJ_IS_HOVER_PLAY (self));

  self->enabled = enabled;
  want (self, NULL);
}
