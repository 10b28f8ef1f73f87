using System.Collections.Generic;
using System.Linq;

namespace AwsClients.SourceGenerator;

internal sealed class Shape(string name, string? @base, IEnumerable<string> members)
{
    public string Name => name;

    public string? Base => @base;

    public List<Member> Members { get; } = members.Select(member => new Member(member)).ToList();

    /// <summary>Each the members that it sets; none when there is only the one that sets nothing.</summary>
    public List<List<Member>> Constructors { get; } = [];
}
