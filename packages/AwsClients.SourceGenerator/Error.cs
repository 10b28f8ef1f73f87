using System.Collections.Generic;

namespace AwsClients.SourceGenerator;

internal sealed class Error
{
    public Error(string text, bool isJson)
    {
        var parts = text.Split(':');
        Name = parts[0] + "Exception";
        Code = parts.Length > 1 ? parts[1] : isJson ? Name : parts[0];
    }

    public string Name { get; }

    /// <summary>What the service calls it.</summary>
    public string Code { get; }

    /// <summary>The operations that declare it; from another it is the service's base exception.</summary>
    public List<string> Operations { get; } = [];

    public List<Member> Members { get; } = [];
}
