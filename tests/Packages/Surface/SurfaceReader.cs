using System.Reflection;
using Amazon.Runtime;

namespace Jobs.Tests.Packages.Surface;

/// <summary>
/// The public surface of an assembly, one line for each type and each member that the type itself declares:
/// name, parameters, type, and whether a value may be absent (<c>int?</c>).
/// </summary>
internal static class SurfaceReader
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
            | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Read(Assembly assembly) =>
        assembly.GetExportedTypes().SelectMany(
            type => Members(type).Select(member => $"{Path(type)}.{member}").Prepend(Heading(type)));

    private static string Heading(Type type)
    {
        var kind = type.IsEnum
            ? "enum"
            : type.IsInterface
            ? "interface"
            : typeof(Delegate).IsAssignableFrom(type)
            ? "delegate"
            : "class";
        var bases = type.IsClass && kind == "class" && type.BaseType != typeof(object)
            ? $" : {Name(type.BaseType!)}"
            : "";
        return $"{kind} {Path(type)}{bases}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type)) return [Signature(type.GetMethod("Invoke")!)];
        return type.GetMembers(Declared).Where(IsPublic).Select(Member).OfType<string>();
    }

    private static string? Member(MemberInfo member) => member switch
    {
        FieldInfo { IsSpecialName: true } => null,    // an enum's value__
        FieldInfo field => $"{field.Name} = {Value(field)}",
        PropertyInfo property =>
            $"{property.Name}: {Name(property.PropertyType)}{(Settable(property) ? "" : " (read)")}",
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo { Name: "op_Implicit" } conversion => $"implicit({Parameters(conversion)})",
        MethodInfo { IsSpecialName: true } => null,    // accessors
        MethodInfo method => Signature(method),
        _ => null,
    };

    private static string Signature(MethodInfo method)
    {
        var generic = method.IsGenericMethod
            ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>"
            : "";
        return $"{method.Name}{generic}({Parameters(method)}): {Name(method.ReturnType)}";
    }

    private static object? Value(FieldInfo field) =>
        field.GetValue(null) is ConstantClass constant ? constant.Value : field.GetRawConstantValue();

    // Protected members and explicit implementations are the package's own affair.
    private static bool IsPublic(MemberInfo member) => member switch
    {
        FieldInfo field => field.IsPublic,
        PropertyInfo property => property.GetAccessors().Length > 0,
        MethodBase method => method.IsPublic,
        _ => false,
    };

    private static bool Settable(PropertyInfo property) => property.GetSetMethod() is not null;

    private static string Parameters(MethodBase method) =>
        string.Join(
            ", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}"));

    private static string Path(Type type) =>
        type.DeclaringType is { } outer
            ? $"{Path(outer)}.{type.Name}"
            : $"{type.Namespace}.{(type.IsGenericType ? Name(type) : type.Name)}";

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value) return Name(value) + "?";
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        if (type.IsGenericType)
            return $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
        return Keyword(type) ?? type.Name;
    }

    private static string? Keyword(Type type) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => null,
        TypeCode.Boolean => "bool",
        TypeCode.Int32 => "int",
        TypeCode.Int64 => "long",
        TypeCode.UInt32 => "uint",
        TypeCode.Double => "double",
        TypeCode.String => "string",
        _ when type == typeof(object) => "object",
        _ when type == typeof(void) => "void",
        _ => null,
    };
}
