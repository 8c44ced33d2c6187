/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-plainness.h"

#include <epoxy/gl.h>
#include <string.h>

#include "yj-player.h"

/* Whether OpenGL is a program here and no hardware. */
static gboolean
ask_gl (GdkDisplay *display)
{
  static const char * const programs[] = { "llvmpipe", "softpipe", "swrast", "Software Rasterizer", "SwiftShader" };
  g_autoptr(GdkGLContext) context = gdk_display_create_gl_context (display, NULL);
  GdkGLContext *before = gdk_gl_context_get_current ();
  gboolean found = FALSE;
  const char *name;

  if (context == NULL || !gdk_gl_context_realize (context, NULL))
    return TRUE;

  gdk_gl_context_make_current (context);
  name = (const char *) glGetString (GL_RENDERER);
  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    found |= name != NULL && strstr (name, programs[i]) != NULL;
  if (before != NULL)
    gdk_gl_context_make_current (before);
  else
    gdk_gl_context_clear_current ();

  return found;
}

static gboolean
is_gl_software (GtkWidget *near)
{
  static int known = -1;        /* it stays as it is while we run */

  if (known < 0)
    known = ask_gl (gtk_widget_get_display (near));
  return known;
}

/**
 * yj_plainness_get:
 * @near: a widget in the window that shows the video
 *
 * What is left out to show videos: what the settings say, and what a machine without OpenGL in hardware makes dearer than it
 * saves: there each frame would be drawn once more, by the processor, before GTK gets it. With llvmpipe that left 33 frames
 * of 300.
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

  if (renderer != NULL && (GSK_IS_CAIRO_RENDERER (renderer) || is_gl_software (near)))
    return MAX (plainness, YJ_PLAYER_NO_GL);
  return plainness;
}
