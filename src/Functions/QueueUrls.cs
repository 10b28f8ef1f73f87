using Jobs.Core;

namespace Jobs.Functions;

/// <summary>Reads which queue each job has, as the stack writes it.</summary>
internal static class QueueUrls
{
    /// <exception cref="InvalidOperationException">The text is something else.</exception>
    public static IReadOnlyDictionary<string, string> Parse(string? text)
    {
        var urls = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split('=', 2) is not [{ Length: > 0 } job, { Length: > 0 } url])
            {
                throw new InvalidOperationException($"{EnvironmentNames.Queues} has '{pair}', not JOB=URL. Deploy the stack again.");
            }

            urls[job] = url;
        }

        return urls;
    }
}
