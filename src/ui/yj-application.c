/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-application"

#include "yj-application.h"

#include <glib/gi18n.h>

struct _YjApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (YjApplication, yj_application, ADW_TYPE_APPLICATION)

static void
yj_application_activate (GApplication *application)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (application));

  gtk_window_set_title (GTK_WINDOW (window), _("Yuanjing"));
  gtk_window_present (GTK_WINDOW (window));
}

static void
yj_application_class_init (YjApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = yj_application_activate;
}

static void
yj_application_init (YjApplication *self)
{
}

/**
 * yj_application_new:
 *
 * Returns: (transfer full): the one application object
 */
YjApplication *
yj_application_new (void)
{
  return g_object_new (YJ_TYPE_APPLICATION,
                       "application-id", YJ_APP_ID,
                       "flags", G_APPLICATION_DEFAULT_FLAGS,
                       NULL);
}
