using Jobs.Analyzers.Reflection;
using Jobs.Core.Definitions;
using Jobs.Sdk.Declarations;
using Microsoft.CodeAnalysis;

namespace Jobs.Analyzers;

/// <summary>A class that is a job, or is marked as one.</summary>
/// <param name="symbol">The class.</param>
internal sealed class DeclaredClass(INamedTypeSymbol symbol)
{
    private readonly SymbolTypes _types = new();
    private readonly IReadOnlyList<WrittenAttribute> _written = [.. WrittenAttribute.Of(symbol)];

    /// <summary>What is wrong with it, as synthesis says it.</summary>
    public Judgement Judge() => Judge(_written);

    /// <summary>
    /// Where an error is: the member or the attribute without which it is gone and no other comes, the last one first,
    /// because it is what was added; else the attribute without which it is gone; else the class.
    /// </summary>
    public Location Locate(DefinitionError error, IReadOnlyList<DefinitionError> all)
    {
        var attributes = _written.Reverse().ToList();
        var mended = attributes.SelectMany(attribute => Mendings(attribute, error, all));
        var gone = attributes.Where(attribute => !Has(Without(attribute), error))
            .Select(attribute => Places.Of(attribute.Data, error));
        return mended.Concat(gone).OfType<Location>().FirstOrDefault() ?? symbol.Locations[0];
    }

    private IEnumerable<Location?> Mendings(
        WrittenAttribute attribute, DefinitionError error, IReadOnlyList<DefinitionError> all)
    {
        foreach (var member in attribute.Members)
        {
            if (IsMended(error, all, Without(attribute, member))) yield return Places.Of(attribute.Data, member);
        }

        if (IsMended(error, all, Without(attribute))) yield return Places.Of(attribute.Data, error);
    }

    private Judgement Judge(IReadOnlyList<WrittenAttribute> attributes)
    {
        var type = new SymbolType(_types, symbol, attributes);
        if (attributes.Count == 0 && (symbol.IsAbstract || !JobContract.All(type).Any())) return new(null, []);
        try
        {
            var definition = Declaration.Read(type, input: JobContract.Of(type).GetGenericArguments()[0]);
            return new(definition, [.. DefinitionRules.Check(HostZones.Known(definition))]);
        }
        catch (JobDeclarationException e)
        {
            return new(null, [e.Error]);
        }
    }

    private IReadOnlyList<DefinitionError> Without(WrittenAttribute attribute, string? member = null) => Judge(
    [
        .. _written.Where(one => one != attribute || member is not null)
            .Select(one => one == attribute ? one with { Omitted = member } : one),
    ]).Errors;

    private static bool IsMended(
        DefinitionError error, IReadOnlyList<DefinitionError> all, IReadOnlyList<DefinitionError> left) =>
        !Has(left, error) && left.All(one => Has(all, one));

    /// <summary>Whatever the job is called: its name is a member too.</summary>
    private static bool Has(IReadOnlyList<DefinitionError> errors, DefinitionError error) =>
        errors.Any(one => one with { Job = error.Job } == error);
}
