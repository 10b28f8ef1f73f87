using System;
using System.Collections.Generic;
using System.Linq;

namespace AwsClients.SourceGenerator;

internal static class Text
{
    /// <summary>A line for each.</summary>
    public static string Lines<T>(this IEnumerable<T> items, Func<T, string> write) =>
        string.Join("\n", items.Select(write));

    /// <summary>Some lines for each, with an empty one between them.</summary>
    public static string Blocks<T>(this IEnumerable<T> items, Func<T, string> write) =>
        string.Join("\n\n", items.Select(write));
}
