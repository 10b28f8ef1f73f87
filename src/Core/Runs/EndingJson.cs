using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jobs.Core.Verdicts;

namespace Jobs.Core.Runs;

/// <summary>
/// How a run ended, as JSON for the jobs that follow it: <c>{"run":…,"state":…,"result":…,"error":…}</c>, the SDK's
/// <c>Ended&lt;T&gt;</c>.
/// </summary>
public static class EndingJson
{
    /// <summary>Characters of the error that are passed on.</summary>
    private const int MaxError = 2_000;

    private const string Result = "result";

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The ending but for a result that is in S3, which <see cref="WithResult"/> adds.</summary>
    public static string Write(RunReading ended)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, Writing))
        {
            json.WriteStartObject();
            json.WriteString("run", ended.Run.Id.ToString());
            json.WriteString("state", JsonNamingPolicy.CamelCase.ConvertName(ended.Run.State.ToString()));
            if (ended.Run.State != RunState.Succeeded) json.WriteString("error", Excerpt.Of(ErrorOf(ended), MaxError));
            else if (ended.CurrentWorker?.ResultJson is { } result) WriteResult(json, result);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.ToArray());
    }

    /// <summary>Adds the result that was kept apart.</summary>
    /// <param name="ending">What <see cref="Write"/> wrote; null when the result alone is wanted.</param>
    /// <param name="result">As JSON.</param>
    public static string WithResult(string? ending, string result) =>
        ending is null ? result : $"{ending[..^1]},\"{Result}\":{result}}}";

    private static void WriteResult(Utf8JsonWriter json, string result)
    {
        json.WritePropertyName(Result);
        json.WriteRawValue(result);
    }

    /// <summary>Why the run did not succeed.</summary>
    internal static string ErrorOf(RunReading ended) =>
        ended.CurrentWorker?.Error?.Message ?? ended.Run.Verdict?.Sentence ?? $"The run is {ended.Run.State}.";
}
