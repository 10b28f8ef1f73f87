using System.Text.Json.Nodes;

namespace Lapstack.Access;

/// <summary>One policy document.</summary>
/// <param name="Name">For messages: the policy's name in the template.</param>
public sealed record Policy(PolicyKind Kind, string Name, IReadOnlyList<Statement> Statements)
{
    /// <exception cref="FormatException">The document is not a policy; the message says where.</exception>
    public static Policy Parse(PolicyKind kind, string name, JsonObject document)
    {
        // Without a Version the language is 2008-10-17's, in which ${…} is plain text.
        var variables = (string?)document["Version"] == "2012-10-17";
        var statements = document["Statement"] switch
        {
            JsonArray many => many.Select(s => s as JsonObject),
            JsonObject one => [one],
            _ => throw new FormatException($"Policy {name} has no Statement."),
        };
        return new Policy(
            kind,
            name,
            [.. statements.Select(s => Statement.Parse(s
                ?? throw new FormatException($"Policy {name} has a Statement that is not an object."), variables))]);
    }
}
