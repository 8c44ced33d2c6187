/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-application"

#include "yj-application.h"

#include "yj-window.h"

struct _YjApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (YjApplication, yj_application, ADW_TYPE_APPLICATION)

static void
yj_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    window = GTK_WINDOW (yj_window_new (GTK_APPLICATION (application), NULL));
  gtk_window_present (window);
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
