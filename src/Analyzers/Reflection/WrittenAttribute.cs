using Jobs.Sdk.Attributes;
using Microsoft.CodeAnalysis;

namespace Jobs.Analyzers.Reflection;

/// <summary>One of the attributes of jobs as it stands in the source.</summary>
/// <param name="Data">What the compiler made of it.</param>
/// <param name="Type">Its type in Sdk.</param>
internal sealed record WrittenAttribute(AttributeData Data, Type Type)
{
    /// <summary>A member that keeps its default whatever is written, to see what becomes of the job.</summary>
    public string? Omitted { get; init; }

    /// <summary>Those of a class that jobs have, in their order.</summary>
    public static IEnumerable<WrittenAttribute> Of(ITypeSymbol symbol) =>
        from data in symbol.GetAttributes()
        let type = data.AttributeClass is { } its ? SymbolTypes.Known(its.OriginalDefinition) : null
        where typeof(Attribute).IsAssignableFrom(type)
        select new WrittenAttribute(data, type);

    /// <summary>Names of the members that it sets.</summary>
    public IEnumerable<string> Members => Data.NamedArguments.Select(one => one.Key);

    /// <summary>The attribute itself.</summary>
    /// <exception cref="FormatException">The compiler refuses an argument of it.</exception>
    public Attribute Make(SymbolTypes types)
    {
        var attribute = Construct(types);
        foreach (var member in Data.NamedArguments.Where(one => one.Key != Omitted))
        {
            var property = Type.GetProperty(member.Key)
                ?? throw new FormatException($"{Type} has no member {member.Key}");
            property.SetValue(attribute, ValueOf(types, member.Value, property.PropertyType));
        }

        return attribute;
    }

    private Attribute Construct(SymbolTypes types)
    {
        if (Data.AttributeClass!.TypeArguments is [var other])
        {
            var job = types.Of(other);
            return Type == typeof(AfterAttribute<>)
                ? new AfterClassAttribute(job)
                : new SubmitsAttribute(JobName.Of(job));
        }

        var taken = Data.AttributeConstructor?.Parameters.Length;
        var constructor = Type.GetConstructors().Single(one => one.GetParameters().Length == taken);
        var arguments = constructor.GetParameters()
            .Zip(Data.ConstructorArguments, (parameter, value) => ValueOf(types, value, parameter.ParameterType));
        return (Attribute)constructor.Invoke([.. arguments]);
    }

    private static object? ValueOf(SymbolTypes types, TypedConstant constant, Type type) => constant.Kind switch
    {
        TypedConstantKind.Error => throw new FormatException("no constant of the member's type"),
        _ when constant.IsNull => null,
        TypedConstantKind.Array => ArrayOf(types, constant, type.GetElementType()!),
        TypedConstantKind.Type => types.Of((ITypeSymbol)constant.Value!),
        _ => type.IsEnum ? Enum.ToObject(type, constant.Value!) : constant.Value,
    };

    private static Array ArrayOf(SymbolTypes types, TypedConstant constant, Type type)
    {
        var values = constant.Values.Select(one => ValueOf(types, one, type)).ToArray();
        var array = Array.CreateInstance(type, values.Length);
        values.CopyTo(array, 0);
        return array;
    }

    /// <summary>What <see cref="AfterAttribute{TJob}"/> says, of a class that is source.</summary>
    private sealed class AfterClassAttribute(Type job) : AfterAttribute(JobName.Of(job))
    {
        internal override Type Class => job;
    }
}
