using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jobs.Core.Commands;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Sdk.Ground;

namespace Jobs.Sdk.Children;

/// <summary>Writes commands that submit a run of another job.</summary>
internal static class SubmitCommand
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The input as JSON.</summary>
    /// <param name="job">Name of the other job.</param>
    /// <param name="input">What it takes.</param>
    /// <param name="index">The input's place among those submitted, for the error.</param>
    /// <exception cref="ArgumentException">The input is of another type, or too large.</exception>
    public static string Write(object value, Type input, string job, int index)
    {
        if (!input.IsInstanceOfType(value))
        {
            throw new ArgumentException(
                $"Input {index} is {(value is null ? "null" : $"a {value.GetType().Name}")}, but job '{job}' takes a " +
                $"{input.Name}.",
                nameof(value));
        }

        var json = JsonSerializer.Serialize(value, JobJson.Of(input, JobJson.Options));
        return Encoding.UTF8.GetByteCount(json) is var size && size <= RunRequest.MaxInputBytes
            ? json
            : throw new ArgumentException(
                $"Input {index} has {size:N0} bytes of JSON; at most {RunRequest.MaxInputBytes:N0} fit. Write the " +
                "bulk of it with WriteAsync, and submit the object's key.",
                nameof(value));
    }

    /// <param name="id">Names the submission: one that is repeated starts no second run.</param>
    /// <param name="input">As JSON.</param>
    /// <param name="parent">The run whose child it is to be, and the child's index; null for a run on its own.</param>
    public static string Of(string id, string job, string input, (RunId Run, int Index)? parent = null)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, Writing))
        {
            json.WriteStartObject();
            json.WriteString("command", "submit");
            json.WriteString("id", id);
            json.WriteString("job", job);
            json.WritePropertyName("input");
            json.WriteRawValue(input);
            if (parent is { } of)
            {
                json.WriteStartObject("parent");
                json.WriteString("run", of.Run.ToString());
                json.WriteNumber("index", of.Index);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.ToArray());
    }
}
