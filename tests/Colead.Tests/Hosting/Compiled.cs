using System.Reflection;
using System.Reflection.Emit;

namespace Colead.Tests.Hosting;

/// <summary>
/// Which types of a compiled program use which: in what they are made of, what their methods take and give, and in their instructions.
/// </summary>
public static class Compiled
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>Pairs of types of the assembly itself, nested ones standing for those around them.</summary>
    public static IEnumerable<(Type User, Type Used)> Uses(Assembly assembly)
    {
        foreach (var type in assembly.GetTypes())
        {
            var user = Outermost(type);
            foreach (var used in Of(type).SelectMany(Parts).Where(t => t.Assembly == assembly).Select(Outermost).Distinct())
                if (used != user) yield return (user, used);
        }
    }

    private static IEnumerable<Type> Of(Type type)
    {
        if (type.BaseType is { } above) yield return above;
        foreach (var face in type.GetInterfaces()) yield return face;
        foreach (var attribute in type.GetCustomAttributesData().SelectMany(Of)) yield return attribute;
        foreach (var field in type.GetFields(All)) yield return field.FieldType;
        foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
        {
            if (method is MethodInfo { ReturnType: { } gives }) yield return gives;
            foreach (var parameter in method.GetParameters()) yield return parameter.ParameterType;
            foreach (var attribute in method.GetCustomAttributesData().SelectMany(Of)) yield return attribute;
            foreach (var used in InstructionsOf(method)) yield return used;
        }
    }

    private static IEnumerable<Type> Of(CustomAttributeData attribute) =>
        attribute.ConstructorArguments.Where(a => a.Value is Type).Select(a => (Type)a.Value!).Prepend(attribute.AttributeType);

    private static IEnumerable<Type> InstructionsOf(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body || body.GetILAsByteArray() is not { } bytes) yield break;
        foreach (var local in body.LocalVariables) yield return local.LocalType;
        var (ofType, ofMethod) = (method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null,
            method.IsGenericMethod ? method.GetGenericArguments() : null);
        for (var at = 0; at < bytes.Length;)
        {
            var value = bytes[at] == 0xFE ? BitConverter.ToInt16([bytes[at + 1], bytes[at]]) : bytes[at];
            at += bytes[at] == 0xFE ? 2 : 1;
            var code = Codes[value];
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok
                && method.Module.ResolveMember(BitConverter.ToInt32(bytes, at), ofType, ofMethod) is { } member)
            {
                if (member is Type itself) yield return itself;
                if (member.DeclaringType is { } declaring) yield return declaring;
                if (member is MethodBase { IsGenericMethod: true } generic)
                    foreach (var argument in generic.GetGenericArguments()) yield return argument;
            }
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(bytes, at),
                _ => 4,
            };
        }
    }

    /// <summary>What a type is made of: a list of answers is a list, and an answer.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType) return Parts(type.GetElementType()!);
        if (type.IsGenericParameter) return [];
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Prepend(type.GetGenericTypeDefinition()) : [type];
    }

    private static Type Outermost(Type type) => type.DeclaringType is { } around ? Outermost(around) : type;
}
