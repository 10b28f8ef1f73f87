using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Lapstack.Tests.House;

/// <summary>A service becomes a role by asking its trust policy, and in no other way.</summary>
public sealed partial class RoleUseTests
{
    [Fact]
    public void Session_of_a_role_is_made_in_Access_and_in_the_answer_of_STS_alone()
    {
        var sources = new[] { "Services", "Delivery" }
            .SelectMany(folder => Directory.EnumerateFiles(
                Path.Combine(Source(), folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => MakesSession().IsMatch(File.ReadAllText(file)))
            .Select(Path.GetFileName);

        Assert.Equal(["StsService.cs"], sources);
    }

    private static string Source([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../src"));

    [GeneratedRegex(@"\bCaller\.Session\(")]
    private static partial Regex MakesSession();
}
