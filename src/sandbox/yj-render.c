/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-render.h"

#include <json-glib/json-glib.h>

#include "yj-render-encoder.h"
#include "yj-render-scene.h"
#include "yj-render-source.h"

static void
render_input_free (YjRenderInput *input)
{
  g_free (input->place);
  g_free (input);
}

/**
 * yj_render_spec_new:
 *
 * Returns: (transfer full): a spec with nothing in it
 */
YjRenderSpec *
yj_render_spec_new (void)
{
  YjRenderSpec *self = g_new0 (YjRenderSpec, 1);

  self->inputs = g_ptr_array_new_with_free_func ((GDestroyNotify) render_input_free);

  return self;
}

/**
 * yj_render_spec_free:
 * @self: (transfer full): a spec
 */
void
yj_render_spec_free (YjRenderSpec *self)
{
  g_free (self->prompt);
  g_free (self->ratio);
  g_free (self->resolution);
  g_free (self->size);
  g_free (self->folder);
  g_ptr_array_unref (self->inputs);
  g_free (self);
}

/**
 * yj_render_spec_add_input:
 * @self: a spec
 * @role: what the material is for
 * @place: a path, an http(s) URL or a `data:` URI
 */
void
yj_render_spec_add_input (YjRenderSpec *self,
                          YjSlotRole    role,
                          const char   *place)
{
  YjRenderInput *input = g_new0 (YjRenderInput, 1);

  input->role = role;
  input->place = g_strdup (place);
  g_ptr_array_add (self->inputs, input);
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  if (value == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_int (JsonBuilder *builder,
         const char  *name,
         gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

/**
 * yj_render_spec_to_json:
 * @self: a spec
 *
 * Returns: (transfer full): what `yj_render_spec_from_json ()` reads
 */
char *
yj_render_spec_to_json (YjRenderSpec *self)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_int (builder, "mode", self->mode);
  add_int (builder, "duration", self->duration);
  add_string (builder, "prompt", self->prompt);
  add_string (builder, "ratio", self->ratio);
  add_string (builder, "resolution", self->resolution);
  add_string (builder, "size", self->size);
  add_string (builder, "folder", self->folder);
  json_builder_set_member_name (builder, "inputs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->inputs->len; i++)
    {
      YjRenderInput *input = g_ptr_array_index (self->inputs, i);

      json_builder_begin_object (builder);
      add_int (builder, "role", input->role);
      add_string (builder, "place", input->place);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

/**
 * yj_render_spec_from_json:
 * @json: what `yj_render_spec_to_json ()` wrote
 * @error: the place for an error
 *
 * Returns: (transfer full): the spec, or %NULL
 */
YjRenderSpec *
yj_render_spec_from_json (const char  *json,
                          GError     **error)
{
  g_autoptr(JsonNode) root = json_from_string (json, error);
  YjRenderSpec *self;
  JsonObject *object;
  JsonArray *inputs;

  if (root == NULL)
    return NULL;
  object = json_node_get_object (root);
  self = yj_render_spec_new ();
  self->mode = json_object_get_int_member (object, "mode");
  self->duration = json_object_get_int_member (object, "duration");
  self->prompt = g_strdup (json_object_get_string_member (object, "prompt"));
  self->ratio = g_strdup (json_object_get_string_member_with_default (object, "ratio", NULL));
  self->resolution = g_strdup (json_object_get_string_member_with_default (object, "resolution", NULL));
  self->size = g_strdup (json_object_get_string_member_with_default (object, "size", NULL));
  self->folder = g_strdup (json_object_get_string_member (object, "folder"));
  inputs = json_object_get_array_member (object, "inputs");
  for (guint i = 0; i < json_array_get_length (inputs); i++)
    {
      JsonObject *input = json_array_get_object_element (inputs, i);

      yj_render_spec_add_input (self, json_object_get_int_member (input, "role"), json_object_get_string_member (input, "place"));
    }

  return self;
}

/**
 * yj_render:
 * @spec: what is wanted
 * @error: the place for an error
 *
 * Renders the video and its cover into the folder of @spec. Blocks, and uses as much processor as there is.
 *
 * Returns: (transfer full): the file name of the video, or %NULL
 */
char *
yj_render (YjRenderSpec  *spec,
           GError       **error)
{
  g_autoptr(YjRenderScene) scene = yj_render_scene_new (spec, error);
  g_autoptr(YjRenderEncoder) encoder = NULL;
  g_autoptr(GByteArray) sound = NULL;
  g_autofree char *cover = g_build_filename (spec->folder, "cover.jpeg", NULL);

  if (scene == NULL)
    return NULL;
  sound = yj_render_scene_sound (scene, error);
  if (sound == NULL)
    return NULL;
  encoder = yj_render_encoder_new (spec->folder, yj_render_scene_width (scene), yj_render_scene_height (scene), error);
  if (encoder == NULL)
    return NULL;
  yj_render_encoder_set_sound (encoder, sound);

  for (guint i = 0; i < yj_render_scene_frames (scene); i++)
    {
      cairo_surface_t *frame = yj_render_encoder_begin (encoder);
      cairo_t *cr = cairo_create (frame);
      gboolean drawn = yj_render_scene_draw (scene, i, cr, error);

      cairo_destroy (cr);
      if (!drawn || (i == 0 && !yj_render_save_jpeg (frame, cover, error)))
        {
          cairo_surface_destroy (frame);
          return NULL;
        }
      if (!yj_render_encoder_push (encoder, frame, error))
        return NULL;
    }
  if (!yj_render_encoder_finish (encoder, error))
    return NULL;

  return g_strdup (yj_render_encoder_file_name ());
}
