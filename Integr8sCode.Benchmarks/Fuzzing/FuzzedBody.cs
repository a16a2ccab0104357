using System.Text.Json.Nodes;

namespace Integr8sCode.Fuzzing;

/// <summary>Bodies that nearly are what a schema asks for.</summary>
internal sealed class FuzzedBody(JsonNode document)
{
    private const int DeepestSchema = 8;

    public string Make(FuzzedRoute route, Random random)
    {
        var made = route.Example is { } example && random.Next(2) == 0 ? Change(example.DeepClone(), route.Body, random) : Make(route.Body, random, depth: 0);
        var text = (made?.ToJsonString() ?? "null").Replace(OddValues.LoneSurrogate, "\\ud800", StringComparison.Ordinal);
        return random.Next(20) switch
        {
            0 => text[..random.Next(text.Length)],
            1 => new string('[', random.Next(1, 5000)),
            2 => text + text,
            3 => text.Replace("1", "1e999", StringComparison.Ordinal),
            4 => random.Next(4) switch { 0 => "", 1 => "null", 2 => "[]", _ => "\"text\"" },
            _ => text,
        };
    }

    /// <summary>A right body with up to two fields that are others.</summary>
    private JsonNode Change(JsonNode example, JsonNode? schema, Random random)
    {
        var properties = Resolve(schema)?["properties"]?.AsObject().ToList() ?? [];
        for (var changes = random.Next(3); example is JsonObject body && properties.Count > 0 && changes > 0; changes--)
        {
            var (name, property) = properties[random.Next(properties.Count)];
            body[name] = Make(property, random, depth: 1);
        }

        return example;
    }

    private JsonNode? Make(JsonNode? schema, Random random, int depth)
    {
        schema = Resolve(schema);
        if (schema is null || depth > DeepestSchema || random.Next(12) == 0)
        {
            return OddValues.Json(random);
        }

        if (schema["enum"] is JsonArray choices)
        {
            return choices[random.Next(choices.Count)]?.DeepClone();
        }

        if (schema["oneOf"] is JsonArray alternatives)
        {
            return Make(alternatives[random.Next(alternatives.Count)], random, depth + 1);
        }

        return TypeOf(schema, random) switch
        {
            "object" => MakeObject(schema, random, depth),
            "array" => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Make(schema["items"], random, depth + 1))]),
            "integer" => JsonValue.Create(random.Next(-2, 400)),
            "number" => JsonValue.Create(Math.Round(random.NextDouble() * 100, 3)),
            "boolean" => JsonValue.Create(random.Next(2) == 0),
            "null" => null,
            _ => JsonValue.Create(OddValues.Text(random)),
        };
    }

    private JsonObject MakeObject(JsonNode schema, Random random, int depth)
    {
        var made = new JsonObject();
        foreach (var (name, property) in schema["properties"]?.AsObject() ?? [])
        {
            if (random.Next(4) > 0)
            {
                made[name] = Make(property, random, depth + 1);
            }
        }

        if (schema["additionalProperties"] is JsonObject others)
        {
            made[OddValues.Text(random)] = Make(others, random, depth + 1);
        }
        else if (random.Next(15) == 0)
        {
            made["unknown_field"] = OddValues.Json(random);
        }

        return made;
    }

    private static string? TypeOf(JsonNode schema, Random random) => schema["type"] switch
    {
        JsonArray types => (string?)types[random.Next(types.Count)],
        { } type => (string?)type,
        null => schema["properties"] is null ? null : "object",
    };

    private JsonNode? Resolve(JsonNode? schema)
    {
        while ((string?)(schema as JsonObject)?["$ref"] is { } reference)
        {
            schema = reference.Split('/').Skip(1).Aggregate<string, JsonNode?>(document, (node, part) => node?[part]);
        }

        return schema as JsonObject;
    }
}
