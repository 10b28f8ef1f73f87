using System.Reflection;
using System.Text.Json;

namespace Jobs.Sdk.Attributes;

/// <summary>What a class's job is called.</summary>
internal static class JobName
{
    /// <summary>
    /// As it is declared. By default LineCount is line-count, XMLImport is xml-import: System.Text.Json's rule for
    /// words.
    /// </summary>
    public static string Of(Type type) => type.GetCustomAttribute<JobAttribute>(inherit: false)?.Name
        ?? JsonNamingPolicy.KebabCaseLower.ConvertName(type.Name);
}
