/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-render-scene.h"

#include "yj-render-source.h"

#include <math.h>
#include <stdio.h>

/*
 * What is to be seen at each moment of a video: a list of shots, one after the other, each a still picture that moves
 * a little, two pictures that change into each other, a clip, or a backdrop with the prompt.
 */

#define ZOOM 0.08               /* how much larger a still picture gets while it is shown */

typedef struct
{
  guint            first;       /* number of its first frame */
  guint            frames;
  cairo_surface_t *from;        /* of the video's size, NULL for clips and backdrops */
  cairo_surface_t *to;          /* what @from changes into, or NULL */
  char            *clip;        /* path, or NULL */
} Shot;

struct _YjRenderScene
{
  YjRenderSpec    *spec;        /* borrowed */
  int              width;
  int              height;
  guint            frames;
  guint32          seed;
  GPtrArray       *shots;
  GPtrArray       *sounds;      /* of paths */
  cairo_surface_t *caption;     /* over a backdrop, else NULL */
  cairo_surface_t *mark;
  YjRenderClip    *reader;      /* of the shot in hand */
  Shot            *reading;
};

static void
shot_free (Shot *shot)
{
  g_clear_pointer (&shot->from, cairo_surface_destroy);
  g_clear_pointer (&shot->to, cairo_surface_destroy);
  g_free (shot->clip);
  g_free (shot);
}

static int
even (double length)
{
  return MAX (2, (int) (length / 2 + 0.5) * 2);
}

/* Size of the video: what is asked for, else what the first picture (may be NULL) has for a ratio. */
static void
choose_size (YjRenderScene   *self,
             cairo_surface_t *picture)
{
  const char *ratio = self->spec->ratio;
  int w = 16, h = 9, side = 720;
  double wide;

  if (self->spec->size != NULL && sscanf (self->spec->size, "%d*%d", &self->width, &self->height) == 2)
    {
      self->width = even (CLAMP (self->width, 64, 4096));
      self->height = even (CLAMP (self->height, 64, 4096));
      return;
    }
  if (picture != NULL)
    {
      w = cairo_image_surface_get_width (picture);
      h = cairo_image_surface_get_height (picture);
    }
  if (ratio != NULL && (sscanf (ratio, "%d:%d", &w, &h) != 2 || w <= 0 || h <= 0) && picture == NULL)
    w = 16, h = 9;
  if (self->spec->resolution != NULL)
    side = CLAMP (atoi (self->spec->resolution), 64, 2160);
  wide = CLAMP ((double) w / h, 0.4, 2.5);
  self->width = even (wide >= 1 ? side * wide : side);
  self->height = even (wide >= 1 ? side : side / wide);
}

static Shot *
add_shot (YjRenderScene *self,
          guint          frames)
{
  Shot *last = self->shots->len > 0 ? g_ptr_array_index (self->shots, self->shots->len - 1) : NULL;
  Shot *shot = g_new0 (Shot, 1);

  shot->first = last != NULL ? last->first + last->frames : 0;
  shot->frames = frames;
  g_ptr_array_add (self->shots, shot);

  return shot;
}

static const char *
role_words (YjSlotRole role)
{
  switch (role)
    {
    case YJ_SLOT_FIRST_FRAME: return "The first frame";
    case YJ_SLOT_LAST_FRAME: return "The last frame";
    case YJ_SLOT_REFERENCE_IMAGES: return "Reference picture";
    case YJ_SLOT_REFERENCE_VIDEOS: return "Reference video";
    case YJ_SLOT_REFERENCE_AUDIO: return "Reference sound";
    default: return "The material";
    }
}

static void
blame (GError        **error,
       YjRenderInput  *input,
       guint           number)
{
  g_autofree char *which = input->role >= YJ_SLOT_REFERENCE_IMAGES ? g_strdup_printf (" %u", number) : g_strdup ("");

  g_prefix_error (error, "%s%s cannot be used: ", role_words (input->role), which);
}

/* The picture in the nth place of a role; NULL without an error when there is none. */
static cairo_surface_t *
load_picture (YjRenderScene  *self,
              YjSlotRole      role,
              guint           nth,
              GError        **error)
{
  for (guint i = 0, seen = 0; i < self->spec->inputs->len; i++)
    {
      YjRenderInput *input = g_ptr_array_index (self->spec->inputs, i);
      g_autofree char *path = NULL;
      cairo_surface_t *picture;

      if (input->role != role || seen++ != nth)
        continue;
      path = yj_render_place_to_path (input->place, self->spec->folder, error);
      picture = path != NULL ? yj_render_picture_load (path, error) : NULL;
      if (picture == NULL)
        blame (error, input, nth + 1);
      return picture;
    }

  return NULL;
}

/* First frame, or last frame, or both. */
static gboolean
plan_frames (YjRenderScene  *self,
             GError        **error)
{
  g_autoptr(GError) local = NULL;
  cairo_surface_t *from = load_picture (self, YJ_SLOT_FIRST_FRAME, 0, &local);
  cairo_surface_t *to = local == NULL ? load_picture (self, YJ_SLOT_LAST_FRAME, 0, &local) : NULL;
  Shot *shot;

  if (local == NULL)
    {
      choose_size (self, from != NULL ? from : to);
      shot = add_shot (self, self->frames);
      if (from != NULL)
        shot->from = yj_render_picture_cover (from, self->width, self->height);
      if (to != NULL)
        shot->to = yj_render_picture_cover (to, self->width, self->height);
    }
  g_clear_pointer (&from, cairo_surface_destroy);
  g_clear_pointer (&to, cairo_surface_destroy);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return self->shots->len > 0;
}

/* What stands behind one reference. */
typedef struct
{
  char            *path;
  cairo_surface_t *picture;     /* of the video's size, NULL: a clip */
} Material;

static void
material_free (Material *material)
{
  g_clear_pointer (&material->picture, cairo_surface_destroy);
  g_free (material->path);
  g_free (material);
}

/* Reads a picture, looks into a clip, takes note of a sound. */
static gboolean
load_reference (YjRenderScene  *self,
                YjRenderInput  *input,
                GPtrArray      *materials,
                GError        **error)
{
  char *path = yj_render_place_to_path (input->place, self->spec->folder, error);
  Material *material;

  if (path == NULL)
    return FALSE;
  if (input->role == YJ_SLOT_REFERENCE_AUDIO)
    {
      g_ptr_array_add (self->sounds, path);
      return TRUE;
    }
  material = g_new0 (Material, 1);
  material->path = path;
  g_ptr_array_add (materials, material);
  if (input->role == YJ_SLOT_REFERENCE_VIDEOS)
    {
      g_autoptr(YjRenderClip) clip = yj_render_clip_open (path, 64, 64, error);

      return clip != NULL && yj_render_clip_next (clip, error) != NULL;
    }
  material->picture = yj_render_picture_load (path, error);

  return material->picture != NULL;
}

/* Pictures for one to two seconds each, clips for an equal share of the rest; again from the start when time is left. */
static void
plan_shots (YjRenderScene *self,
            GPtrArray     *materials,
            guint          pictures)
{
  guint clips = materials->len - pictures, at = 0;
  guint still = CLAMP (self->frames / MAX (1, materials->len), 1, 2 * YJ_RENDER_RATE);
  guint moving = (self->frames - MIN (self->frames, still * pictures)) / MAX (1, clips);

  for (guint i = 0; at < self->frames && materials->len > 0; i = (i + 1) % materials->len)
    {
      Material *material = g_ptr_array_index (materials, i);
      Shot *shot = add_shot (self, MIN (self->frames - at, material->picture != NULL ? still : MAX (1, moving)));

      if (material->picture != NULL)
        shot->from = cairo_surface_reference (material->picture);
      else
        shot->clip = g_strdup (material->path);
      at += shot->frames;
    }
  if (materials->len == 0)
    add_shot (self, self->frames);
}

static gboolean
plan_references (YjRenderScene  *self,
                 GError        **error)
{
  g_autoptr(GPtrArray) materials = g_ptr_array_new_with_free_func ((GDestroyNotify) material_free);
  guint numbers[YJ_SLOT_REFERENCE_AUDIO + 1] = { 0 };
  Material *first = NULL;

  for (guint i = 0; i < self->spec->inputs->len; i++)
    {
      YjRenderInput *input = g_ptr_array_index (self->spec->inputs, i);

      numbers[input->role]++;
      if (!load_reference (self, input, materials, error))
        {
          blame (error, input, numbers[input->role]);
          return FALSE;
        }
    }
  for (guint i = 0; i < materials->len && first == NULL; i++)
    if (((Material *) g_ptr_array_index (materials, i))->picture != NULL)
      first = g_ptr_array_index (materials, i);
  choose_size (self, first != NULL ? first->picture : NULL);
  for (guint i = 0; i < materials->len; i++)
    {
      Material *material = g_ptr_array_index (materials, i);
      cairo_surface_t *whole = g_steal_pointer (&material->picture);

      if (whole == NULL)
        continue;
      material->picture = yj_render_picture_cover (whole, self->width, self->height);
      cairo_surface_destroy (whole);
    }
  plan_shots (self, materials, numbers[YJ_SLOT_REFERENCE_IMAGES]);

  return TRUE;
}

/**
 * yj_render_scene_new:
 * @spec: what is wanted; must live as long as the scene
 * @error: the place for an error, which names the material that cannot be used
 *
 * Returns: (transfer full): a plan of the video, or %NULL
 */
YjRenderScene *
yj_render_scene_new (YjRenderSpec  *spec,
                     GError       **error)
{
  g_autoptr(YjRenderScene) self = g_new0 (YjRenderScene, 1);
  gboolean planned = TRUE;

  self->spec = spec;
  self->frames = CLAMP (spec->duration, 1, 120) * YJ_RENDER_RATE;
  self->seed = g_str_hash (spec->prompt);
  self->shots = g_ptr_array_new_with_free_func ((GDestroyNotify) shot_free);
  self->sounds = g_ptr_array_new_with_free_func (g_free);

  switch (spec->mode)
    {
    case YJ_MODE_IMAGE_TO_VIDEO:
      planned = plan_frames (self, error);
      break;
    case YJ_MODE_REFERENCES_TO_VIDEO:
      planned = plan_references (self, error);
      break;
    case YJ_MODE_TEXT_TO_VIDEO:
    default:
      choose_size (self, NULL);
      add_shot (self, self->frames);
      break;
    }
  if (!planned)
    return NULL;
  self->mark = yj_render_mark (self->width, self->height);

  return g_steal_pointer (&self);
}

/**
 * yj_render_scene_width:
 * @self: a scene
 *
 * Returns: px
 */
int
yj_render_scene_width (YjRenderScene *self)
{
  return self->width;
}

/**
 * yj_render_scene_height:
 * @self: a scene
 *
 * Returns: px
 */
int
yj_render_scene_height (YjRenderScene *self)
{
  return self->height;
}

/**
 * yj_render_scene_frames:
 * @self: a scene
 *
 * Returns: the number of frames
 */
guint
yj_render_scene_frames (YjRenderScene *self)
{
  return self->frames;
}

/* Paints a surface of the video's size, enlarged around its middle. */
static void
paint_zoomed (YjRenderScene   *self,
              cairo_t         *cr,
              cairo_surface_t *picture,
              double           zoom,
              double           alpha)
{
  cairo_save (cr);
  if (zoom > 1)
    {
      cairo_translate (cr, self->width * (1 - zoom) / 2, self->height * (1 - zoom) / 2);
      cairo_scale (cr, zoom, zoom);
    }
  cairo_set_source_surface (cr, picture, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), zoom > 1 ? CAIRO_FILTER_BILINEAR : CAIRO_FILTER_NEAREST);
  if (alpha < 1)
    cairo_paint_with_alpha (cr, alpha);
  else
    cairo_paint (cr);
  cairo_restore (cr);
}

static double
smooth (double t)
{
  t = CLAMP (t, 0, 1);

  return t * t * (3 - 2 * t);
}

/* The first frame is exactly the first picture, the last one exactly the last. */
static void
draw_stills (YjRenderScene *self,
             Shot          *shot,
             double         t,          /* 0..1 */
             cairo_t       *cr)
{
  double change = shot->to == NULL ? 0 : shot->from == NULL ? 1 : smooth ((t - 0.3) / 0.5);

  if (change < 1)
    paint_zoomed (self, cr, shot->from, 1 + ZOOM * smooth (t), 1);
  if (change > 0)
    paint_zoomed (self, cr, shot->to, 1 + ZOOM * smooth (1 - t), change);
}

static gboolean
draw_clip (YjRenderScene  *self,
           Shot           *shot,
           cairo_t        *cr,
           GError        **error)
{
  cairo_surface_t *frame;

  if (self->reading != shot)
    {
      g_clear_pointer (&self->reader, yj_render_clip_free);
      self->reading = shot;
      self->reader = yj_render_clip_open (shot->clip, self->width, self->height, error);
    }
  frame = self->reader != NULL ? yj_render_clip_next (self->reader, error) : NULL;
  if (frame == NULL)
    {
      g_prefix_error (error, "A reference video cannot be used: ");
      return FALSE;
    }
  paint_zoomed (self, cr, frame, 1, 1);

  return TRUE;
}

static void
draw_backdrop (YjRenderScene *self,
               guint          number,
               cairo_t       *cr)
{
  double time = (double) number / YJ_RENDER_RATE;

  if (self->caption == NULL)
    self->caption = yj_render_caption (self->spec->prompt, self->width, self->height);
  yj_render_backdrop (cr, self->seed, self->width, self->height, time);
  cairo_set_source_surface (cr, self->caption, 0, floor (sin (time) * self->height / 40));
  cairo_paint (cr);
}

/**
 * yj_render_scene_draw:
 * @self: a scene
 * @number: which frame; they must be asked for in order
 * @cr: where to draw
 * @error: the place for an error
 *
 * Returns: whether the frame could be drawn
 */
gboolean
yj_render_scene_draw (YjRenderScene  *self,
                      guint           number,
                      cairo_t        *cr,
                      GError        **error)
{
  Shot *shot = NULL;

  for (guint i = 0; i < self->shots->len && (shot == NULL || number >= shot->first + shot->frames); i++)
    shot = g_ptr_array_index (self->shots, i);
  g_assert (shot != NULL);

  if (shot->clip != NULL)
    {
      if (!draw_clip (self, shot, cr, error))
        return FALSE;
    }
  else if (shot->from != NULL || shot->to != NULL)
    draw_stills (self, shot, (number - shot->first) / (double) MAX (1, shot->frames - 1), cr);
  else
    draw_backdrop (self, number, cr);

  cairo_set_source_surface (cr, self->mark,
                            self->width - cairo_image_surface_get_width (self->mark),
                            self->height - cairo_image_surface_get_height (self->mark));
  cairo_paint (cr);

  return TRUE;
}

/* The sound of the clips, each where it is shown; a clip may have none. */
static void
load_clip_sounds (YjRenderScene *self,
                  GByteArray    *samples)
{
  const gsize frame = YJ_RENDER_AUDIO_RATE / YJ_RENDER_RATE * 4;

  for (guint i = 0; i < self->shots->len; i++)
    {
      Shot *shot = g_ptr_array_index (self->shots, i);
      g_autoptr(GByteArray) sound = g_byte_array_new ();
      gsize before = samples->len;

      if (shot->clip == NULL || !yj_render_sound_load (shot->clip, shot->frames * frame, sound, NULL))
        continue;
      g_byte_array_set_size (samples, shot->first * frame);
      memset (samples->data + before, 0, samples->len - before);
      g_byte_array_append (samples, sound->data, sound->len);
    }
}

/**
 * yj_render_scene_sound:
 * @self: a scene
 * @error: the place for an error
 *
 * The reference sounds one after the other, then silence; without any, the sound of the clips; without that, soft
 * tones.
 *
 * Returns: (transfer full): samples for the whole length, or %NULL
 */
GByteArray *
yj_render_scene_sound (YjRenderScene  *self,
                       GError        **error)
{
  /* An AAC encoder adds up to two of its frames: without them the sound ends with the picture. */
  gsize wanted = ((gsize) self->frames * YJ_RENDER_AUDIO_RATE / YJ_RENDER_RATE - 2048) * 4;
  g_autoptr(GByteArray) samples = g_byte_array_new ();
  gsize have;

  for (guint i = 0; i < self->sounds->len && samples->len < wanted; i++)
    if (!yj_render_sound_load (g_ptr_array_index (self->sounds, i), wanted - samples->len, samples, error))
      {
        g_prefix_error (error, "Reference sound %u cannot be used: ", i + 1);
        return NULL;
      }
  if (self->sounds->len == 0)
    load_clip_sounds (self, samples);
  if (samples->len == 0)
    yj_render_tones (samples, self->seed, wanted);
  have = MIN (samples->len, wanted);
  g_byte_array_set_size (samples, wanted);
  memset (samples->data + have, 0, wanted - have);

  return g_steal_pointer (&samples);
}

/**
 * yj_render_scene_free:
 * @self: (transfer full): a scene
 */
void
yj_render_scene_free (YjRenderScene *self)
{
  g_clear_pointer (&self->reader, yj_render_clip_free);
  g_clear_pointer (&self->caption, cairo_surface_destroy);
  g_clear_pointer (&self->mark, cairo_surface_destroy);
  g_ptr_array_unref (self->shots);
  g_ptr_array_unref (self->sounds);
  g_free (self);
}
