/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-plainer-banner"

#include "yj-plainer-banner.h"

#include <glib/gi18n.h>

#include "yj-plainness.h"
#include "yj-player.h"

struct _YjPlainerBanner
{
  AdwBin       parent_instance;

  YjTransport *player;
  GSettings   *settings;
  AdwBanner   *banner;
};

G_DEFINE_FINAL_TYPE (YjPlainerBanner, yj_plainer_banner, ADW_TYPE_BIN)

static void
update (YjPlainerBanner *self)
{
  gboolean frozen, last = yj_plainness_get (GTK_WIDGET (self)) == YJ_PLAYER_SOFTWARE;

  g_object_get (self->player, "frozen", &frozen, NULL);
  adw_banner_set_title (self->banner, last ? _("The video plays, but no picture comes in any way.")
                                           : _("The video plays, but no picture comes."));
  adw_banner_set_button_label (self->banner, last ? NULL : _("Try Another Way"));
  adw_banner_set_revealed (self->banner, frozen);
}

/* The next rung of the ladder; kept, since the next video would not do better. */
static void
plainer_cb (YjPlainerBanner *self)
{
  g_settings_set_int (self->settings, "video-plainness", MIN (yj_plainness_get (GTK_WIDGET (self)) + 1, YJ_PLAYER_SOFTWARE));
}

static void
changed_cb (YjPlainerBanner *self)
{
  if (self->player != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    g_object_set (self->player, "plainness", yj_plainness_get (GTK_WIDGET (self)), NULL);
}

static void
yj_plainer_banner_dispose (GObject *object)
{
  YjPlainerBanner *self = YJ_PLAINER_BANNER (object);

  if (self->player != NULL)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_clear_object (&self->player);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (yj_plainer_banner_parent_class)->dispose (object);
}

static void
yj_plainer_banner_class_init (YjPlainerBannerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yj_plainer_banner_dispose;
}

static void
yj_plainer_banner_init (YjPlainerBanner *self)
{
  self->settings = g_settings_new (YJ_APP_ID);
  self->banner = ADW_BANNER (adw_banner_new (""));
  g_signal_connect_object (self->settings, "changed::video-plainness", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->banner, "button-clicked", G_CALLBACK (plainer_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->banner));
}

/**
 * yj_plainer_banner_new:
 *
 * Returns: (transfer floating): a banner that is not to be seen
 */
YjPlainerBanner *
yj_plainer_banner_new (void)
{
  return g_object_new (YJ_TYPE_PLAINER_BANNER, NULL);
}

/**
 * yj_plainer_banner_set_player:
 * @self: a banner
 * @player: what plays, with the properties "frozen" and "plainness" of #YjPlayer
 */
void
yj_plainer_banner_set_player (YjPlainerBanner *self,
                              YjTransport     *player)
{
  g_return_if_fail (YJ_IS_PLAINER_BANNER (self));
  g_return_if_fail (self->player == NULL && YJ_IS_TRANSPORT (player));

  self->player = g_object_ref (player);
  g_signal_connect_object (player, "notify::frozen", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}
