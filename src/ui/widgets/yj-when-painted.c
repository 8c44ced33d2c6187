/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-when-painted.h"

typedef struct
{
  GSourceOnceFunc callback;
  gpointer        user_data;
  gboolean        painted;
} Waiting;

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  Waiting *waiting = user_data;

  /* The first of these turns comes before a frame, the second one after it. */
  if (!waiting->painted)
    {
      waiting->painted = TRUE;
      return G_SOURCE_CONTINUE;
    }

  waiting->callback (waiting->user_data);
  return G_SOURCE_REMOVE;
}

/**
 * yj_when_painted:
 * @widget: a widget
 * @callback: what is to be done, once
 * @user_data: for @callback
 *
 * Waits until the next frame of @widget's window has been painted: what is not needed in it does not keep it waiting.
 *
 * Returns: an id for gtk_widget_remove_tick_callback(), for as long as @callback was not called
 */
guint
yj_when_painted (GtkWidget       *widget,
                 GSourceOnceFunc  callback,
                 gpointer         user_data)
{
  Waiting *waiting;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), 0);
  g_return_val_if_fail (callback != NULL, 0);

  waiting = g_new0 (Waiting, 1);
  waiting->callback = callback;
  waiting->user_data = user_data;
  return gtk_widget_add_tick_callback (widget, tick_cb, waiting, g_free);
}
