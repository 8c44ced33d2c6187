/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-plainness.h"

#include "yj-player.h"

/**
 * yj_plainness_get:
 * @near: a widget in the window that shows the video
 *
 * What is left out to show videos: what the settings say, and what a window without OpenGL makes dearer than it saves:
 * each frame would be drawn by a software OpenGL, read back and drawn again.
 *
 * Returns: a #YjPlayerPlainness
 */
int
yj_plainness_get (GtkWidget *near)
{
  g_autoptr(GSettings) settings = g_settings_new (YJ_APP_ID);
  GtkNative *native = gtk_widget_get_native (near);
  GskRenderer *renderer = native != NULL ? gtk_native_get_renderer (native) : NULL;
  int plainness = g_settings_get_int (settings, "video-plainness");

  return renderer != NULL && GSK_IS_CAIRO_RENDERER (renderer) ? MAX (plainness, YJ_PLAYER_NO_GL) : plainness;
}
