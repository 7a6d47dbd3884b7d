export const fromLibrary = open('./data.txt');
