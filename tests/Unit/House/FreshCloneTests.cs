using System.Xml.Linq;

namespace Jobs.Tests.Unit.House;

/// <summary>The first build of a clone makes what the second makes.</summary>
public sealed class FreshCloneTests
{
    /// <summary>
    /// Items outside targets are read before anything is built: a target whose inputs these are finds none, and is
    /// skipped.
    /// </summary>
    [Fact]
    public void Inputs_of_a_target_are_looked_for_by_a_target()
    {
        var targets = (
            from file in Repository.Files("*.csproj", "")
            let project = XDocument.Load(file)
            from target in project.Descendants("Target")
            let inputs = (string?)target.Attribute("Inputs")
            where inputs is not null
            let item = inputs.TrimStart('@', '(').TrimEnd(')')
            select (Name: $"{Repository.Relative(file)}: {target.Attribute("Name")!.Value}",
                AreEarly: project.Root!.Elements("ItemGroup").Elements(item).Any())).ToList();

        Assert.NotEmpty(targets);
        Assert.Equal([], targets.Where(target => target.AreEarly).Select(target => target.Name));
    }
}
