/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-status-banner"

#include "yj-status-banner.h"

#include <glib/gi18n.h>

/**
 * YjStatusBanner:
 *
 * The one thing about key, balance and network that matters most at the moment, with the button that helps.
 */
typedef enum
{
  BANNER_NONE,
  BANNER_NO_KEY,
  BANNER_SANDBOX,
  BANNER_OFFLINE,
  BANNER_KEY_REFUSED,
  BANNER_BALANCE,
} Banner;

struct _YjStatusBanner
{
  AdwBin     parent_instance;

  AdwBanner *banner;
  YjSession *session;           /* NULL until it is open */
  gboolean   wanted;
  gboolean   key_refused;       /* the platform said so of the present key */
  gint64     no_balance;        /* when the platform said so, and nothing was done about it yet; else 0 */
  Banner     shown;
};

G_DEFINE_FINAL_TYPE (YjStatusBanner, yj_status_banner, ADW_TYPE_BIN)

static Banner
choose (YjStatusBanner *self)
{
  if (self->session == NULL || !self->wanted)
    return BANNER_NONE;
  if (yj_session_get_platform (self->session) == NULL)
    return BANNER_NO_KEY;
  if (yj_session_get_sandbox (self->session))
    return BANNER_SANDBOX;
  if (!g_network_monitor_get_network_available (g_network_monitor_get_default ()))
    return BANNER_OFFLINE;
  if (self->key_refused)
    return BANNER_KEY_REFUSED;
  if (self->no_balance > 0)
    return BANNER_BALANCE;

  return BANNER_NONE;
}

static void
update (YjStatusBanner *self)
{
  static const struct { const char *title, *button; } texts[] = {
    [BANNER_NONE] = { "", NULL },
    [BANNER_NO_KEY] = { N_("There is no API key: nothing can be sent"), N_("Enter API Key") },
    [BANNER_SANDBOX] = { N_("Sandbox: no AI, nothing is charged"), N_("Enter API Key") },
    [BANNER_OFFLINE] = { N_("No network: what is on its way goes on when it is back"), NULL },
    [BANNER_KEY_REFUSED] = { N_("The platform does not accept the API key: nothing can be sent"), N_("Enter API Key") },
    [BANNER_BALANCE] = { N_("The account has no balance left"), N_("Top Up") },
  };

  self->shown = choose (self);
  if (self->shown != BANNER_NONE)
    {
      adw_banner_set_title (self->banner, _(texts[self->shown].title));
      adw_banner_set_button_label (self->banner, texts[self->shown].button != NULL ? _(texts[self->shown].button) : NULL);
    }
  adw_banner_set_revealed (self->banner, self->shown != BANNER_NONE);
}

static void
clicked_cb (YjStatusBanner *self)
{
  if (self->shown == BANNER_BALANCE)
    {
      self->no_balance = 0;
      gtk_widget_activate_action (GTK_WIDGET (self), "app.console", "s", "top-up");
      update (self);
    }
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.enter-key", NULL);
}

/* Another key, or another platform: what was said of the former one is past. */
static void
platform_cb (YjStatusBanner *self)
{
  self->key_refused = FALSE;
  self->no_balance = 0;
  update (self);
}

static void
yj_status_banner_dispose (GObject *object)
{
  g_clear_object (&YJ_STATUS_BANNER (object)->session);

  G_OBJECT_CLASS (yj_status_banner_parent_class)->dispose (object);
}

static void
yj_status_banner_class_init (YjStatusBannerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yj_status_banner_dispose;
}

static void
yj_status_banner_init (YjStatusBanner *self)
{
  self->banner = ADW_BANNER (adw_banner_new (""));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->banner));
  g_signal_connect_object (self->banner, "button-clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (g_network_monitor_get_default (), "notify::network-available", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
}

/**
 * yj_status_banner_set_session:
 * @self: a banner
 * @session: an open session, once
 *
 * From now on it is told how that stands.
 */
void
yj_status_banner_set_session (YjStatusBanner *self,
                              YjSession      *session)
{
  g_return_if_fail (YJ_IS_STATUS_BANNER (self));
  g_return_if_fail (YJ_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::platform", G_CALLBACK (platform_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::sandbox", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * yj_status_banner_set_wanted:
 * @self: a banner
 * @wanted: whether what is on show has a place for it
 */
void
yj_status_banner_set_wanted (YjStatusBanner *self,
                             gboolean        wanted)
{
  g_return_if_fail (YJ_IS_STATUS_BANNER (self));

  self->wanted = wanted;
  update (self);
}

/**
 * yj_status_banner_job_changed:
 * @self: a banner
 * @job: a job of which something is new
 *
 * A job that was taken after the platform said that there is no balance shows that there is some again; one that was taken
 * before, and comes to its end now, does not.
 */
void
yj_status_banner_job_changed (YjStatusBanner *self,
                              YjJob          *job)
{
  g_return_if_fail (YJ_IS_STATUS_BANNER (self));
  g_return_if_fail (YJ_IS_JOB (job));

  if (self->no_balance == 0 || yj_job_get_task_id (job) == NULL || yj_job_get_submitted (job) < self->no_balance)
    return;

  self->no_balance = 0;
  update (self);
}

/**
 * yj_status_banner_add_error:
 * @self: a banner
 * @code: a [enum@Yj.Error] that the platform answered, -1 for none; what says nothing about key and balance changes nothing
 */
void
yj_status_banner_add_error (YjStatusBanner *self,
                            int             code)
{
  g_return_if_fail (YJ_IS_STATUS_BANNER (self));

  if (code == YJ_ERROR_BALANCE)
    self->no_balance = g_get_real_time ();
  else if (code == YJ_ERROR_UNAUTHORIZED)
    self->key_refused = TRUE;
  update (self);
}
